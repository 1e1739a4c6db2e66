// The camera of a computer.

const CAMERA_TROUBLE = {
  NotAllowedError: "The browser does not let this page use the camera. Allow it in the browser, or choose a picture.",
  NotFoundError: "No camera was found. Choose a picture instead.",
  NotReadableError: "Another program is using the camera. Close it, or choose a picture instead.",
};

// Calls `chooseInstead` when there is no camera and the visitor would rather choose a picture.
const makeCamera = (dialog, chooseInstead) => {
  const [video, trouble, shoot, instead, cancel] = ["video", ".trouble", ".shoot", ".instead", ".cancel"]
    .map((selector) => dialog.querySelector(selector));
  let answer = () => {};
  let stream = null;

  const begin = async () => {
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      // The dialog may have been closed meanwhile.
      if (!dialog.open) return opened.getTracks().forEach((track) => track.stop());
      stream = opened;
      video.srcObject = stream;
      await video.play();
      shoot.disabled = false;
      shoot.focus();
    } catch (error) {
      video.hidden = shoot.hidden = true;
      instead.hidden = false;
      trouble.textContent = CAMERA_TROUBLE[error.name] ?? "The camera cannot be used. Choose a picture instead.";
      instead.focus();
    }
  };
  dialog.addEventListener("close", () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    answer(null);
  });
  cancel.addEventListener("click", () => dialog.close());
  instead.addEventListener("click", () => {
    dialog.close();
    chooseInstead();
  });
  shoot.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const reply = answer;
    answer = () => {};
    canvas.toBlob((blob) => reply(blob), "image/jpeg", 0.92);
    dialog.close();
  });

  // A photo, or null when there is none.
  const takePhoto = () => new Promise((resolve) => {
    answer = resolve;
    trouble.textContent = "";
    video.hidden = shoot.hidden = false;
    instead.hidden = shoot.disabled = true;
    dialog.showModal();
    begin();
  });
  return { takePhoto };
};
