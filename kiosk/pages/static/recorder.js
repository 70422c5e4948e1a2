/* One button: the first tap listens, the second sends; the answer is the page of the sentence. For the house's own screen
   and a volunteer's phone, which have a recorder; others give a file. */
(function (d, w) {
  var mic, media, parts, label, began, clock;
  function say(text) { mic.textContent = text; }
  function tick() {
    var s = Math.round((performance.now() - began) / 1000);
    w.here();
    say(mic.getAttribute('data-stop') + ' (' + s + ')');
    if (s > 57) media.stop();
  }
  function failed() {
    mic.disabled = false;
    mic.className = 'key wide mic';
    say(label);
    d.getElementById('said').textContent = mic.getAttribute('data-deaf');
  }
  function send() {
    var x = new XMLHttpRequest(), i, tracks = media.stream.getTracks();
    clearInterval(clock);
    for (i = 0; i < tracks.length; i++) tracks[i].stop();
    mic.disabled = true;
    say(mic.getAttribute('data-wait'));
    x.open('POST', mic.getAttribute('data-to'));
    x.setRequestHeader('Content-Type', 'application/octet-stream');
    x.onload = function () { w.location.replace(x.responseURL); };
    x.onerror = failed;
    x.send(new Blob(parts));
  }
  function listen(stream) {
    media = new MediaRecorder(stream);
    parts = [];
    media.ondataavailable = function (e) { parts.push(e.data); };
    media.onstop = send;
    media.start();
    began = performance.now();
    mic.className = 'key wide mic on-air';
    clock = setInterval(tick, 500);
    tick();
  }
  w.addEventListener('load', function () {
    mic = d.getElementById('mic');
    label = mic.textContent;
    mic.onclick = function () {
      if (media && media.state == 'recording') media.stop();
      else if (!w.MediaRecorder || !navigator.mediaDevices) failed();
      else navigator.mediaDevices.getUserMedia({audio: true}).then(listen, failed);
    };
  });
})(document, window);
