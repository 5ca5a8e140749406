import time
def test_measure(network):
    from gemensam.demo.roster_filling import fill_rosters
    from gemensam.ledger.append import now_ms
    from gemensam.rosters import commands
    from gemensam.rosters.domain.series import Planned
    from gemensam.core.policy import ROSTERS
    t=time.perf_counter(); fill_rosters(now_ms()); print("fill", time.perf_counter()-t)
    now=now_ms(); lens=network.lens("nacka-aktorsadministrator")
    c=[x.subject for x in lens.state(ROSTERS).group("duty_contacts","nacka")]
    for start in range(0,2):
        commands.plan_shifts(lens,"nacka-tib",[Planned(now+(start*200+i)*43_200_000, now+(start*200+i+1)*43_200_000, c[i%2]) for i in range(200)])
    office=network.client("kansliet-strateg"); admin=network.client("nacka-aktorsadministrator")
    for who,client,path in (("office",office,"/"),("admin",admin,"/"),("office",office,"/rosters/"),("admin",admin,"/rosters/members/nacka/"),("admin",admin,"/rosters/members/nacka/schedule/?span=month"),("admin",admin,"/rosters/sheet/"),("office",office,"/rosters/sheet.pdf"),("tib",network.client("taby-tib"),"/")):
        client.get(path)
        t=time.perf_counter()
        for _ in range(5): client.get(path)
        print(who,path,round((time.perf_counter()-t)*200,1),"ms")
    from gemensam.rosters.domain.reading import reach
    lens=network.lens("nacka-tib"); s=lens.state(ROSTERS)
    t=time.perf_counter()
    for _ in range(1000): reach(lens.directory,s,"nacka-tib",now)
    print("reach us",(time.perf_counter()-t)*1000)
