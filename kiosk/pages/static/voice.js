/* One audio element that outlives the pages it speaks on. Old browsers' ES5; every page works without it.
   data-s: what a tap on this says. A link with it is fetched and swapped in while its sound begins inside the tap.
   .two: the first tap says and lights, the second goes; data-g: what the second tap says. Only these leave a way
   back for the phone's own Back key: a lesson is left as a whole. A link with rel goes back to where one was.
   .in: the page it leads to has this one's style, so only its inside is fetched, by the address without its last letter. */
(function (d, h) {
  var a = new Audio(), x;
  function each(find, act) {
    [].forEach.call(d.querySelectorAll(find), act);
  }
  function mark() {
    each('[data-s]', function (e) {
      e.classList[!a.paused && e.getAttribute('data-s').slice(-20) == a.src.slice(-20) ? 'add' : 'remove']('p');
    });
  }
  function say(s) {
    a.pause();
    if (s) {
      a.src = s;
      s = a.play();
      if (s) s['catch'](mark);
    }
  }
  function go(to, how, inside) {
    function away() { location.href = to; }
    if (x) x.abort();
    x = new XMLHttpRequest();
    x.open('GET', inside ? to.slice(0, -1) : to);
    x.onload = function () {
      try {
        if (x.status != 200) throw 0;
        var s, n = new DOMParser().parseFromString(x.responseText, 'text/html');
        history[how](0, '', to);
        h.lang = n.documentElement.lang;
        d.title = n.title;
        s = n.querySelector('style');
        if (s) d.querySelector('style').textContent = s.textContent;
        d.body.innerHTML = n.body.innerHTML;
        scrollTo(0, 0);
        each('h1', function (e) { e.focus(); });
        mark();
      } catch (e) { away(); }
    };
    x.onerror = away;
    x.send();
  }
  d.addEventListener('click', function (e) {
    var t = e.target, c, two;
    while (t != d && !t.hasAttribute('data-s')) t = t.parentNode;
    if (t == d) return;
    c = t.classList;
    two = c.contains('two');
    if (t.href || two && !c.contains('lit')) e.preventDefault();
    if (two && !c.contains('lit')) {
      each('.lit', function (e) { e.classList.remove('lit'); });
      c.add('lit');
      say(t.getAttribute('data-s'));
    } else {
      say(t.getAttribute(two ? 'data-g' : 'data-s'));
      if (t.rel && history.length > 1) history.back();
      else if (t.href) go(t.href, two ? 'pushState' : 'replaceState', c.contains('in'));
    }
  });
  onpopstate = function () { location.reload(); };
  a.onplaying = a.onpause = a.onended = mark;
  h.className = 'js';
})(document, document.documentElement);
