"""What scripts say where there is no line: by name, with {places} for what only the device knows."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, str]:
    """Return the words in the active language."""
    return {
        # On every page
        "keptPage": _("The page is from {time}, no contact."),
        "keptSlow": _("The page is from {time}. The answer is slow in coming."),
        "notKept": _("This page is not on the device, and there is no contact."),
        "waiting": _("{n} entries wait on this device. They are sent when there is contact."),
        "waitingOne": _("One entry waits on this device. It is sent when there is contact."),
        "sentOne": _("One entry that waited has been sent."),
        "sent": _("{n} entries that waited have been sent."),
        "asks": _("{n} entries could not be sent as they are. Look at them and choose."),
        "asksOne": _("One entry could not be sent as it is. Look at it and choose."),
        "signIn": _("You are signed out. What you have written is kept on this device. Sign in again and it is sent."),
        "locked": _(
            "Something waits on this device, locked. It is sent when the one who wrote it signs in again here."
        ),
        "showQueue": _("Show what waits"),
        "toSignIn": _("Sign in"),
        "clockAhead": _("The clock of this device is {length} ahead. Times are corrected when they are sent."),
        "clockBehind": _("The clock of this device is {length} behind. Times are corrected when they are sent."),
        "full": _(
            "The browser's storage is full. What you write here cannot be kept on the device if contact is lost: "
            "make room first, or keep a copy of the text elsewhere."
        ),
        "fullNow": _(
            "There is no contact, and the browser's storage is full. Nothing has been sent or kept. Your text stands "
            "in the form: make room on the device and press again, or copy the text."
        ),
        "noLineHere": _("There is no contact, and this cannot wait on the device. Your text stands in the form."),
        "lost": _("What you sent did not arrive. If it does not stand below, go back: your text is still in the form."),
        "filesLeft": _("There is no contact. Files cannot wait on the device: the text is kept without them."),
        # Notifications
        "pushed": _("You have a message in the program."),
        "answered": _("Your answer has been received."),
        "notAnswered": _("Your answer did not arrive. Open the program, or answer by SMS."),
        "editing": _("You change something that waits. It was first written at {time}."),
        # The page of what waits
        "nothingWaits": _("Nothing waits."),
        "writtenAt": _("Written {time}"),
        "writtenShowed": _("Written {time} (the device showed {shown})"),
        "inSpace": _("In {space}"),
        "noLine": _("No contact."),
        "signedOut": _("You are signed out."),
        "unsure": _("Sent, but no answer came. It is asked for when there is contact; nothing is written twice."),
        "refused": _("Not written: {words}"),
        "moved": _("Somebody has changed this meanwhile. See both and choose."),
        "busy": _("The server could not take it now. A new try is made in a moment."),
        "edit": _("Change"),
        "remove": pgettext("queue", "Remove"),
        "removeSure": _("What you have written is removed and cannot be had back."),
        "seeBoth": _("See both and choose"),
        "again": _("Try again"),
        "sentAt": _("Sent {time}"),
        "open": pgettext("queue", "Open"),
        "keeps": _("This device keeps pages and what you write without contact."),
        "keepsOther": _("This device keeps pages for another sign-in. They are not shown here."),
        "keepsNothing": _("This device keeps nothing."),
        "cannot": _(
            "This browser cannot keep anything: it needs a secure address (https) and a window that is not private."
        ),
        "pageFrom": _("from {time}"),
        "noPages": _("No pages are kept yet."),
        "offset": _("The device's clock is right."),
        "offsetUnknown": _("The device's clock has not been compared with the server's yet."),
        "room": _("{used} of {all} MB are used."),
        "wipeSure": _("Everything that this device keeps is removed: pages, drafts and settings."),
        "wipeWaiting": _("NOT sent: {n}. It is removed for good."),
        "wipeLocked": _("Something that another sign-in has written has NOT been sent and is removed for good."),
        "wiped": _("The device is wiped. Nothing is kept."),
        "leaveWaiting": _(
            "Not sent yet: {n}. It stays on this device, locked, until you sign in here again. Sign out?"
        ),
        "yes": _("Yes"),
        "no": _("Cancel"),
        "wipe": _("Wipe the device"),
        "signOut": _("Sign out"),
        "failed": _("It could not be done now. Try again when there is contact."),
    }
