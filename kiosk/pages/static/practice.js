/* Old browsers' ES5; every step works without it. A tap sends one action, the answer takes this page's place, and the
   one audio element lives on: playing nothing inside the tap lets the next step speak when it has come.
   Keys are compared with the yellow card here: what is sent is "all are in, after so many slips", never a digit. */
(function (d, h) {
  var a = new Audio(), list, slips = 0;
  function one(find) { return d.querySelector(find); }
  function mark() { h.className = a.paused ? 'js' : 'js p'; }
  function next() {
    if (list.length) {
      a.src = list.shift();
      var p = a.play();
      if (p) p['catch'](mark);
    }
  }
  function say(e) {
    a.pause();
    list = e ? e.getAttribute('data-s').split(' ') : [''];
    next();
  }
  function send(what) {
    var x = new XMLHttpRequest();
    say();
    x.open('POST', '');
    x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    x.onload = function () {
      history.replaceState(0, '', x.responseURL);
      h.innerHTML = x.responseText;
      slips = 0;
      scrollTo(0, 0);
      say(one('.now'));
    };
    x.onerror = function () { location.reload(); };
    x.send('do=' + what);
  }
  function press(key) {
    var s = one('.slots'), n = s.getAttribute('data-n'), left = s.querySelectorAll('i:empty'), at = n.length - left.length,
      w = one('.card span'), lit = one('.pointed'), right = key == n[at];
    if (right) {
      left[0].textContent = s.classList.contains('secret') ? '●' : key;
      at++;
    } else {
      if (slips < 9) slips++;
      say(w);
    }
    w.textContent = w.getAttribute(right ? 'data-y' : 'data-n');
    w.parentNode.classList.toggle('no', !right);
    if (lit) lit.classList.remove('pointed');
    if (!n[at]) send('w' + slips);
    else if (lit || slips > 1 && s.classList.contains('led')) one('[value=d' + n[at] + ']').classList.add('pointed');
  }
  d.addEventListener('click', function (e) {
    var t = e.target, v;
    while (t != d && t.nodeName != 'BUTTON') t = t.parentNode;
    v = t.value;
    if (t.type == 'button') say(t);
    if (t.name == 'do') {
      e.preventDefault();
      if (v[0] == 'd') press(v[1]);
      else send(v);
    }
  });
  d.addEventListener('DOMContentLoaded', function () { say(one('.now')); });
  a.onended = next;
  a.onplaying = a.onpause = mark;
  mark();
})(document, document.documentElement);
