// What a device keeps: facts in the clear, and what waits to be sent sealed with a key that is here only while its own
// function is signed in. IndexedDB "gemensam-offline": facts (by name), queue ({key, owner, iv, data}).

const NAME = "gemensam-offline";
const RESERVE = 256 * 1024; // given up when storage is full, so that what is written last still fits

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("queue", { keyPath: "key" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opened = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((fault) => { opened = null; throw fault; });
  return opened;
}

// One transaction; resolves when it is on disk.
async function within(store, mode, act) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request?.error);
  });
}

export function fact(name) {
  return within("facts", "readonly", (store) => store.get(name));
}

/** Whether there was room for it. */
export async function setFact(name, value) {
  try {
    await within("facts", "readwrite", (store) => store.put(value, name));
    return true;
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    return false;
  }
}

export function dropFact(name) {
  return within("facts", "readwrite", (store) => store.delete(name));
}

// Whether anything at all has ever been kept here; asks without making a database.
export async function exists() {
  if (!globalThis.indexedDB?.databases) return Boolean(globalThis.indexedDB);
  return (await indexedDB.databases()).some((each) => each.name === NAME);
}

// Owner and key ---------------------------------------------------------------------------------------------------

export async function keyFrom(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function unlock(owner, keys) {
  await setFact("owner", owner);
  await setFact("keys", await Promise.all(keys.map(keyFrom)));
}

// Another function is here, or nobody: pages go, and what waits can no longer be read on this device.
export async function lock() {
  for (const name of ["owner", "keys", "rights", "rebased"]) await dropFact(name);
  await forgetPages();
}

export async function forgetPages() {
  const names = await globalThis.caches?.keys() ?? [];
  await Promise.all(names.filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
}

async function seal(value, key) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

async function unseal({ iv, data }, keys) {
  for (const key of keys) {
    try {
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
    } catch {
      // sealed with an earlier key
    }
  }
  return null;
}

// The queue -------------------------------------------------------------------------------------------------------

export async function put(item) {
  const [owner, keys] = [await fact("owner"), await fact("keys")];
  if (!owner || !keys?.length) throw new Error("locked");
  const record = { key: item.key, owner, ...await seal(item, keys[0]) };
  try {
    await within("queue", "readwrite", (store) => store.put(record));
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    await giveUpReserve();
    await within("queue", "readwrite", (store) => store.put(record));
  }
}

/** As `put`, where it is no loss if there is no room: what is known of it already stays. */
export async function note(item) {
  try {
    await put(item);
    return true;
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    return false;
  }
}

export function remove(key) {
  return within("queue", "readwrite", (store) => store.delete(key));
}

// What waits for whoever has the key here, the oldest first.
export async function items() {
  const [owner, keys] = [await fact("owner"), await fact("keys")];
  if (!owner || !keys?.length) return [];
  const records = (await within("queue", "readonly", (store) => store.getAll())).filter((each) => each.owner === owner);
  const found = await Promise.all(records.map((each) => unseal(each, keys)));
  return found.filter(Boolean).sort((one, other) => one.written_at - other.written_at || (one.key < other.key ? -1 : 1));
}

export async function hasLocked() {
  const owner = await fact("owner");
  const records = await within("queue", "readonly", (store) => store.getAll());
  return records.some((each) => each.owner !== owner);
}

export async function hasFor(owner) {
  const records = await within("queue", "readonly", (store) => store.getAll());
  return records.some((each) => each.owner === owner);
}

// Room ------------------------------------------------------------------------------------------------------------

export function isFull(fault) {
  return fault?.name === "QuotaExceededError" || fault?.inner?.name === "QuotaExceededError";
}

// Whether there is room for what is going to be written: a reserve is put by, and is there already or fits.
export async function hasRoom() {
  if (await fact("reserve")) return true;
  return setFact("reserve", Array.from({ length: RESERVE / 65_536 }, () => crypto.getRandomValues(new Uint8Array(65_536))));
}

async function giveUpReserve() {
  await dropFact("reserve");
  await forgetPages();
}

export async function wipe() {
  (await opened?.catch(() => null))?.close();
  opened = null;
  await Promise.all((await globalThis.caches?.keys() ?? []).map((name) => caches.delete(name)));
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
  for (const each of await navigator.serviceWorker?.getRegistrations() ?? []) await each.unregister();
}
