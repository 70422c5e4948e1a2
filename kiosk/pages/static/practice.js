/* Old browsers' ES5; every step works without it. A tap sends one action, the answer takes this page's place, and the
   one audio element lives on: playing nothing inside the tap lets the next step speak when it has come.
   Keys are compared with the yellow card here: what is sent is "all are in, after so many slips", never a digit.
   The bar's id asks for the time, which a box without Internet does not know: it goes back with the phone's own. */
(function (d, h) {
  var a = new Audio(), all, slips = 0;
  function one(part) { return d.querySelector(part); }
  function mark() { h.className = a.paused ? 'js' : 'js p'; }
  function next(p) {
    if (all.length) {
      a.src = all.shift();
      p = a.play();
      if (p) p['catch'](mark);
    }
  }
  function say(e) {
    a.pause();
    all = e ? e.dataset.s.split(' ') : [''];
    next();
  }
  function show(p) {
    p = one('.pointed');
    // What is pointed at stands above the bar.
    scrollTo(0, p && pageYOffset + p.getBoundingClientRect().bottom + 90 - innerHeight);
    say(one('.now'));
  }
  function send(act, x) {
    x = new XMLHttpRequest();
    say();
    x.open('POST', '');
    x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    x.onload = function () {
      history.replaceState(0, '', x.responseURL);
      h.innerHTML = x.responseText;
      slips = 0;
      show();
    };
    x.onerror = function () { location.reload(); };
    x.send('do=' + act + '&t=' + one('nav').id + Date.now());
  }
  function press(key) {
    var s = one('.slots'), n = s.dataset.n, at = s.dataset.i | 0, w = one('.memo span'),
      on = one('.pointed'), ok = key == n[at];
    if (ok) {
      s.querySelectorAll('i')[at].textContent = s.dataset.m || key;
      s.dataset.i = ++at;
    } else {
      slips++;
      say(w);
    }
    w.textContent = w.dataset[ok ? 'y' : 'n'];
    w.parentNode.classList.toggle('no', !ok);
    if (on) on.classList.remove('pointed');
    if (!n[at]) send('w' + slips);
    else if (on || slips > 1 && s.classList.contains('led')) one('[value=d' + n[at] + ']').classList.add('pointed');
  }
  d.onclick = function (e) {
    var t = e.target, v;
    while (t != d && !t.type) t = t.parentNode;
    v = t.value;
    if (t.type == 'button') say(t);
    if (t.name == 'do') {
      e.preventDefault();
      v[0] == 'd' ? press(v[1]) : send(v);
    }
  };
  window.onload = show;
  a.onended = next;
  a.onplaying = a.onpause = mark;
  mark();
})(document, document.documentElement);
