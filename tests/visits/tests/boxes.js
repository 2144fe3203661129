// What is wrong with the boxes of a first layer in a window of a given size, as sentences. The window is a frame, so that every
// engine can have any size; `arguments` are its width and its height.
const [width, height] = arguments;
const frame = document.getElementById("window");
frame.style.width = `${width}px`;
frame.style.height = `${height}px`;
const page = frame.contentDocument;
const layer = page.querySelector("[data-kelisim=banner]");
const words = layer.querySelector(".kelisim-about");
const faults = [];
const box = (element) => element.getBoundingClientRect();
const isWithin = (one, other) =>
  one.left >= other.left - 0.5 && one.right <= other.right + 0.5 && one.top >= other.top - 0.5 && one.bottom <= other.bottom + 0.5;
const inWindow = { left: 0, top: 0, right: width, bottom: height };

words.scrollTop = 0;
if (!isWithin(box(layer), inWindow)) faults.push("the layer is beyond the window");
for (const control of layer.querySelectorAll("button, a")) {
  const seen = box(control);
  const name = control.textContent;
  if (!isWithin(seen, inWindow) || !isWithin(seen, box(layer))) faults.push(`${name} is out of view`);
  if (seen.width < 24 || seen.height < 24) faults.push(`${name} is ${seen.width} by ${seen.height}`);
  if (control.scrollWidth > control.clientWidth + 1) faults.push(`${name} is cut off`);
  const hit = page.elementFromPoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
  if (!hit || !control.contains(hit)) faults.push(`${name} cannot be pressed`);
}
const [reject, accept, settings] = ["reject", "accept", "settings"].map((action) =>
  box(layer.querySelector(`[data-kelisim-action=${action}]`)),
);
for (const side of ["width", "height"]) {
  if (Math.abs(reject[side] - accept[side]) > 1) faults.push(`refusing is not as large: ${side}`);
}
if (settings.width > accept.width + 1) faults.push("the settings are wider than an answer");

for (const one of [layer, words]) {
  if (one.scrollWidth > one.clientWidth + 1) faults.push(`${one.className} is wider than it is seen`);
}
if (layer.scrollHeight > layer.clientHeight + 1) faults.push("the layer itself scrolls");
const line = parseFloat(frame.contentWindow.getComputedStyle(words).lineHeight);
if (words.clientHeight < Math.min(words.scrollHeight, 2 * line - 1)) faults.push("fewer than two lines can be read");
const last = [...words.querySelectorAll("dd, dt")].filter((one) => one.getClientRects().length).pop();
words.scrollTop = words.scrollHeight;
// A browser scrolls by whole pixels.
if (!isWithin({ ...box(last).toJSON(), top: box(words).top, bottom: box(last).bottom - 1 }, box(words))) faults.push("the last words cannot be reached");
words.scrollTop = 0;

// Sizes and weights in which something is written: a browser looks for a font for each.
const written = [...layer.querySelectorAll("*")].filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
const faces = new Set(written.map((one) => frame.contentWindow.getComputedStyle(one)).map(({ fontSize, fontWeight }) => `${fontSize} ${fontWeight}`));

const share = (box(layer).width * box(layer).height) / (width * height);
return { faults, share, faces: [...faces], scrolls: words.scrollHeight > words.clientHeight + 1 };
