/* Lies over every page of the touchscreen; the engine runs it before anything of the page, with what the house says.
   What the visitor chose (text, contrast, reach, voice) lives in the window's own name and ends with the window's
   process. Words, drawings and sounds come from the house: touch/layer.<lang>.html. */
function (house) {
  'use strict';
  if (window.top !== window || window.domdom) return;
  const root = document.documentElement;
  const TREMBLE = 250; // ms within which the same place is not touched twice on purpose
  const HOLD = 2500; // ms on the corner that leads to the volunteers
  const CORNER = 72; // CSS px
  const SLIP = 24; // CSS px that a held finger may move
  const LEVELS = [0.35, 0.65, 1];
  const attract = () => location.pathname.startsWith('/touch/attract.');

  const chosen = { large: false, contrast: false, low: false, keys: false };
  try { if (!attract()) Object.assign(chosen, JSON.parse(window.name || '{}')); } catch (e) { /* not ours */ }

  const loud = () => chosen.loud || house.volume; // the visitor's choice, else what the volunteers or the site chose

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(house.style);
  document.adoptedStyleSheets = [sheet];

  function wear() {
    window.name = JSON.stringify(chosen);
    for (const one of ['large', 'contrast', 'low']) root.toggleAttribute(`data-${one}`, chosen[one]);
    for (const button of strip ? strip.querySelectorAll('[data-do]') : []) {
      button.setAttribute('aria-pressed', String(chosen[button.dataset.do] === true));
    }
    if (!strip) return;
    strip.hidden = attract();
    strip.dataset.level = String(LEVELS.findIndex((level) => level >= loud() - 0.01));
    for (const [what, there] of [['low', house.reach], ['keys', document.querySelector('button[name=do][value^=d]')]]) {
      strip.querySelector(`[data-do=${what}]`).hidden = !there;
    }
  }

  /* Every sound at the volume of the house, also of players that never stand in the page. */
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.volume = loud();
    return play.call(this);
  };
  const voice = new Audio();
  function say(sound) {
    if (!sound) return;
    voice.src = sound;
    voice.play().catch(() => {}); // no loudspeaker: what is shown says it too
  }

  /* A step whose program is away is no page to swap in: it is asked for as a page, for which the window waits. */
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (...words) {
    this.addEventListener('load', (event) => {
      if (!house.absent.includes(this.status)) return;
      event.stopImmediatePropagation();
      location.reload();
    });
    return open.apply(this, words);
  };

  /* The layer's own elements, out of reach of the page's style. */
  const host = document.createElement('domdom-layer');
  const shadow = host.attachShadow({ mode: 'closed' });
  shadow.adoptedStyleSheets = [sheet];
  let strip = null, asking = null, digits = [];
  async function dress(lang) {
    try {
      const answer = await fetch(`/touch/layer.${lang}.html`);
      if (!answer.ok) return;
      const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const asked = asking && !asking.hidden;
      shadow.replaceChildren(made.querySelector('style'), made.querySelector('.strip'), made.querySelector('.asking'));
      strip = shadow.querySelector('.strip');
      asking = shadow.querySelector('.asking');
      asking.hidden = !asked;
      digits = [...made.querySelectorAll('[data-digit]')].map((each) => each.dataset.s);
      strip.addEventListener('click', pressed);
      asking.addEventListener('click', (event) => { if (event.target.closest('a')) return; domdom.goOn(); });
      wear();
    } catch (e) { /* the house is away: pages work without */ }
  }
  async function hear() {
    try {
      house.volume = (await (await fetch('/staff/am-luong.json')).json()).volume / 100;
      wear();
    } catch (e) { /* as loud as before */ }
  }
  function pressed(event) {
    const button = event.target.closest('[data-do]');
    if (!button) return;
    const what = button.dataset.do;
    if (what === 'loud') chosen.loud = LEVELS.find((level) => level > loud() + 0.01) || LEVELS[0];
    else chosen[what] = !chosen[what];
    wear();
    if (what === 'loud' || what === 'keys' && chosen.keys) say(button.dataset.s);
  }

  /* Pages are swapped in place, whole <html> at times: the layer comes back, and speaks the page's language. */
  function stand() { if (!host.isConnected) root.append(host); }
  new MutationObserver(() => { stand(); wear(); }).observe(root, { childList: true });
  new MutationObserver(() => dress(root.lang || house.lang)).observe(root, { attributes: true, attributeFilter: ['lang'] });
  function begin() {
    stand();
    new MutationObserver(wear).observe(document.body, { childList: true });
    openLists();
    if (location.protocol === 'about:') return;
    dress(root.lang || house.lang);
    hear();
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();

  /* A trembling hand touches twice: the second is not meant. */
  let last = null, when = 0;
  document.addEventListener('click', (event) => {
    const target = event.composedPath()[0];
    if (event.isTrusted && target === last && event.timeStamp - when < TREMBLE) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    last = target;
    when = event.timeStamp;
    const key = target.closest && target.closest('button[name=do]');
    const digit = key && /^d([0-9])$/.exec(key.value);
    if (digit && chosen.keys) say(digits[Number(digit[1])]);
  }, true);

  /* A long touch on the upper left corner leads to the volunteers' door. */
  let held = 0, from = null;
  function release() { clearTimeout(held); from = null; }
  document.addEventListener('pointerdown', (event) => {
    release();
    if (event.clientX > CORNER || event.clientY > CORNER) return;
    from = event;
    held = setTimeout(() => location.assign('/staff'), HOLD);
  }, true);
  document.addEventListener('pointermove', (event) => {
    if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLIP) release();
  }, true);
  for (const end of ['pointerup', 'pointercancel', 'pagehide']) addEventListener(end, release, true);

  for (const way of ['contextmenu', 'dragstart', 'selectstart', 'gesturestart', 'wheel']) {
    addEventListener(way, (event) => { if (way !== 'wheel' || event.ctrlKey) event.preventDefault(); }, { capture: true, passive: false });
  }
  /* No window but this one: a field that would open another becomes a plain one, and a list lies open in its page. */
  const OPENS = 'input[list], input:is([type=date], [type=month], [type=week], [type=time], [type=datetime-local])';
  for (const way of ['mousedown', 'focusin']) {
    addEventListener(way, (event) => {
      const field = event.composedPath()[0];
      if (!field.matches || !field.matches(OPENS)) return;
      field.removeAttribute('list');
      field.type = 'text';
    }, true);
  }
  function openLists() { for (const list of document.querySelectorAll('select')) list.size = Math.max(2, list.length); }

  for (const kind of [HTMLInputElement, HTMLSelectElement]) kind.prototype.showPicker = () => {};
  window.print = window.open = window.alert = window.prompt = window.confirm = () => null;

  let voices = 0;
  window.domdom = Object.freeze({
    state(reach) {
      if (house.reach !== reach) { house.reach = reach; wear(); }
      return chosen.low ? 'low' : 'well';
    },
    asking(seconds) {
      stand();
      if (!asking) return;
      if (asking.hidden) say(asking.dataset.s);
      asking.hidden = false;
      asking.querySelector('.count').textContent = seconds;
      asking.querySelector('.left').style.width = `${100 * seconds / house.countdown}%`;
    },
    goOn() { if (asking) asking.hidden = true; voice.pause(); },
    invite() {
      const all = [...document.querySelectorAll('[data-voice]')];
      if (all.length) say(all[voices++ % all.length].dataset.voice);
    },
  });
  wear();
}
