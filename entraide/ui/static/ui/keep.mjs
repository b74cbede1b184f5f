// Saves a form part by part while it is being written; without this, its buttons save it whole. A part is an element [data-part] with an id
// within form[data-keep]; it is sent with its fields and the version that it stands on. What could not be sent stays in the page, and
// nowhere else: nothing is put into the browser's storage.
const REST_MS = 1500; // after the last keystroke
const MOST_MS = 8000; // however long somebody types on
const AGAIN_MS = [2000, 5000, 15000, 30000];
const BEACON_BYTES = 60000; // what a browser still sends for a page that is being left

class Keeper {
  constructor(form) {
    this.form = form;
    this.parts = new Map(); // id → { edits, sent, since, held }
    this.tries = 0;
    this.status = form.appendChild(document.createElement("p"));
    this.status.className = "govuk-visually-hidden";
    this.status.role = "status";
    form.addEventListener("input", (event) => this.touch(event.target));
    form.addEventListener("change", (event) => this.touch(event.target));
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => this.leaving || !this.open.length || event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  // What was written and is not known to be saved, also what can never be.
  get open() {
    return [...this.parts.keys()].filter((id) => this.waits(id) || this.parts.get(id).held);
  }

  waits(id) {
    return this.parts.get(id).edits > this.parts.get(id).sent;
  }

  touch(field) {
    const part = field.closest("[data-part]");
    if (!part || field.type === "file") return;
    const known = this.parts.get(part.id) ?? { edits: 0, sent: 0 };
    this.parts.set(part.id, { ...known, edits: known.edits + 1, held: false, since: known.since ?? Date.now() });
    this.soon(Math.max(0, Math.min(REST_MS, MOST_MS - (Date.now() - this.parts.get(part.id).since))));
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  // One at a time: each answer names the version on which the next one stands.
  flush() {
    this.now ??= this.send().finally(() => (this.now = undefined));
    return this.now;
  }

  async send() {
    const ids = [...this.parts.keys()].filter((id) => this.waits(id));
    if (!ids.length) return;
    const edits = new Map(ids.map((id) => [id, this.parts.get(id).edits]));
    for (const id of ids) this.say(id, "saving");
    const answer = (await this.post(ids)) ?? (await this.renewed() ? await this.post(ids) : undefined);
    if (!answer) return this.wait(ids);
    this.tries = 0;
    this.trouble = "";
    for (const id of ids) Object.assign(this.parts.get(id), { sent: edits.get(id), since: undefined });
    this.read(answer);
    if (ids.some((id) => this.waits(id))) this.soon(REST_MS);
  }

  // The answer; undefined when another token may help; otherwise `trouble` says what is the matter.
  async post(ids) {
    const names = new Set(ids.flatMap((id) => [...document.getElementById(id).querySelectorAll("[name]")].map((field) => field.name)));
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && (names.has(name) || name === "csrfmiddlewaretoken"));
    const body = new URLSearchParams(fields);
    try {
      const keepalive = document.hidden && body.toString().length < BEACON_BYTES;
      const answer = await fetch(this.form.dataset.keep, { method: "POST", body, redirect: "manual", keepalive });
      this.trouble = { 0: "closed", 403: "closed", 404: "gone" }[answer.status] ?? "away";
      return answer.ok ? await answer.json() : undefined;
    } catch {
      this.trouble = "away";
    }
  }

  // After signing in anew forms have another token. It is taken over for the same post only: nothing is sent as somebody else.
  async renewed() {
    if (this.trouble !== "closed") return false;
    try {
      const answer = await fetch(location.pathname, { redirect: "manual" });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      const now = page.querySelector("form[data-keep]");
      if (now?.dataset.post !== this.form.dataset.post) return false;
      this.form.elements.csrfmiddlewaretoken.value = now.elements.csrfmiddlewaretoken.value;
      return true;
    } catch {
      this.trouble = "away";
      return false;
    }
  }

  wait(ids) {
    for (const id of ids) this.say(id, this.trouble);
    this.soon(AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)]);
  }

  read({ kept, same, wrong, clashes, refused, asked }) {
    for (const [id, [version, sign]] of Object.entries(kept)) {
      this.form.elements[`v${id}`].value = version;
      this.form.elements[`o${id}`].value = sign;
      this.say(id, "saved");
    }
    for (const id of same) this.say(id, "saved");
    for (const [id, sentence] of Object.entries({ ...wrong, ...refused })) {
      this.parts.get(id).held = true;
      this.say(id, "not", sentence);
    }
    for (const [id, { theirs, by, url }] of Object.entries(clashes)) this.compare(this.say(id, "two"), theirs, by, url);
    const there = [...this.form.querySelectorAll("[data-part]")].map((part) => part.id);
    if (asked.length !== there.length || asked.some((id) => !there.includes(id))) this.announce(this.form.dataset.asked, Object.keys(kept)[0]);
  }

  say(id, state, sentence = "") {
    const part = document.getElementById(id);
    const said = part.querySelector("[data-said]") ?? part.insertBefore(document.createElement("div"), part.querySelector(":scope > details"));
    said.dataset.said = state;
    const line = document.createElement("p");
    line.className = ["saving", "saved"].includes(state) ? "govuk-body-s" : "govuk-error-message";
    line.textContent = [this.form.dataset[state], sentence].filter(Boolean).join(" ");
    said.replaceChildren(line);
    if (state !== "saving" && this.status.textContent !== line.textContent) this.status.textContent = line.textContent;
    return said;
  }

  announce(sentence, id) {
    const line = document.createElement("p");
    line.className = "govuk-body-s";
    line.textContent = sentence;
    document.getElementById(id)?.querySelector("[data-said]")?.append(line);
    this.status.textContent += ` ${sentence}`;
  }

  compare(said, theirs, by, url) {
    const box = document.createElement("div");
    box.className = "govuk-inset-text";
    const [head, text, way, link] = ["strong", "p", "p", "a"].map((name) => document.createElement(name));
    head.textContent = `${this.form.dataset.theirs}${by ? ` (${by})` : ""}`;
    text.textContent = theirs;
    text.dir = "auto";
    Object.assign(link, { className: "govuk-link", href: url, textContent: this.form.dataset.choose });
    way.append(link);
    box.append(head, text, way);
    said.append(box);
  }

  // The button sends the form whole, files too; not before what is on its way has arrived, and not into the void.
  async submit(event) {
    if (this.leaving || event.defaultPrevented) return;
    event.preventDefault();
    await this.now;
    await this.flush();
    if (this.trouble) return document.getElementById(this.open[0])?.scrollIntoView({ block: "center" });
    this.leaving = true;
    this.form.requestSubmit(event.submitter);
  }
}

const keepers = [...document.querySelectorAll("form[data-keep]")].map((form) => new Keeper(form));

// The browser's back button may bring the page back as it was left.
window.addEventListener("pageshow", () => keepers.forEach((keeper) => (keeper.leaving = false)));
