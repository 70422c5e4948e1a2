/* The keypad fills what is being filled; the door shuts by itself where nobody taps. Old browsers' ES5. */
(function (d, h, w) {
  var last = 0, told = 0, shut, idle;
  function now() { return performance.now() / 1000; }
  function here() {
    var x;
    last = now();
    if (shut && last - told > 60) {
      told = last;
      x = new XMLHttpRequest();
      x.open('GET', shut.getAttribute('data-here'));
      x.send();
    }
  }
  function look() {
    var left = Math.ceil(idle - 30 - now() + last), soon = d.getElementById('soon');
    if (left < 1) {
      clearInterval(w.watch);
      shut.submit();
    } else soon.textContent = left > 30 ? '' : 'Cửa tự đóng sau ' + left + ' giây. Chạm để ở lại.';
  }
  function fields() { return d.querySelectorAll('.field'); }
  function choose(one) {
    var all = fields(), i;
    for (i = 0; i < all.length; i++) all[i].className = all[i] == one ? 'field on' : 'field';
  }
  function press(key) {
    var to = d.querySelector('.field.on input');
    if (key == 'last') to.value = to.value.slice(0, -1);
    else if (to.value.length < to.maxLength) to.value = (to.value == '0' && to.type != 'password' ? '' : to.value) + key;
  }
  h.className = 'js';
  w.here = here;
  d.onclick = function (e) {
    var t = e.target;
    here();
    while (t != d && t.className != 'digit' && t.className != 'digit quiet' && t.className != 'field') t = t.parentNode;
    if (t.className == 'field') choose(t);
    else if (t != d) press(t.value);
  };
  d.onkeydown = here;
  w.onload = function () {
    var all = fields(), i, key = d.querySelector('.digit');
    // The house has a keypad of its own: a telephone's would cover half the page.
    if (key && key.offsetWidth) for (i = 0; i < all.length; i++) all[i].querySelector('input').readOnly = true;
    shut = d.getElementById('shut');
    last = told = now();
    if (shut) {
      idle = shut.getAttribute('data-idle');
      w.watch = setInterval(look, 1000);
    }
  };
})(document, document.documentElement, window);
