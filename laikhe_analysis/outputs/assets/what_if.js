(function () {
  "use strict";
  const KERNEL = JSON.parse(document.getElementById("jupyter-config-data").textContent).kernelId;
  const gone = document.getElementById("wi-gone");
  const first = document.getElementById("wi-first");
  const WORDS = {
    stopped: "Phần tính toán của trang này đã dừng (để lâu không dùng, hoặc bị tắt). Điều đang thử và chưa ghi thì không còn.",
    off: "Chương trình đã dừng. Chạy lại lệnh laikhe dashboard, rồi mở đường dẫn mới.",
  };
  function tell(words, again) {
    gone.querySelector("p").textContent = words;
    gone.querySelector("button").hidden = !again;
    gone.hidden = false;
  }
  async function look() {
    try {
      const answer = await fetch("/alive/" + KERNEL, { cache: "no-store" });
      if (answer.status === 410) tell(WORDS.stopped, true);
      else gone.hidden = true;
    } catch (_) {
      tell(WORDS.off, false);
    }
    setTimeout(look, 1500);
  }
  setTimeout(look, 1500);
  const seen = new MutationObserver(function () {
    if (!document.querySelector(".wi-page .noUi-handle")) return;
    seen.disconnect();
    if (first) first.remove();
  });
  seen.observe(document.body, { childList: true, subtree: true });
})();
