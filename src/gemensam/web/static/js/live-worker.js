// One stream for all tabs of this browser. A shared worker, served from a fixed address.
//
// Pages say hello, try and bye; they are told what the stream tells.
import { Stream } from "./live-stream.js";

const LINGER = 5_000; // a page that is left is often followed by the next one

const pages = new Set();
let stream = null;
let leaving = 0;

function tellAll(message) {
  for (const page of pages) page.postMessage(message);
}

function welcome(page, address) {
  pages.add(page);
  clearTimeout(leaving);
  stream ??= new Stream(address, tellAll);
  const before = stream.state;
  stream.start();
  if (before === "open") page.postMessage({ type: "open", cursor: stream.cursor });
  if (before === "cut") page.postMessage({ type: "cut" });
}

function farewell(page) {
  pages.delete(page);
  if (pages.size) return;
  clearTimeout(leaving);
  leaving = setTimeout(() => stream?.stop(), LINGER);
}

self.addEventListener("connect", ({ ports: [page] }) => {
  page.addEventListener("message", ({ data }) => {
    if (data.type === "hello") welcome(page, data.address);
    if (data.type === "try") stream?.tryNow();
    if (data.type === "bye") farewell(page);
  });
  page.start();
});
