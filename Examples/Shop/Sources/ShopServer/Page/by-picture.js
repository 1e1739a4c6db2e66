// The picture that a visitor searches by: chosen, dropped, pasted or taken.

// Calls `begun` when there is a file, then `found` with a picture as the shop takes it, or with null if there is none.
const makePicturePanel = (section, { begun, found }) => {
  const find = (id) => document.getElementById(id);
  const [query, image] = ["query-picture", "query-picture-image"].map(find);
  const [trouble, dropping] = ["picture-trouble", "dropping"].map(find);
  const camera = makeCamera(find("camera-view"), () => find("choose-picture").click());
  let address = null;
  let newest = 0;

  const show = (blob) => {
    if (address) URL.revokeObjectURL(address);
    address = blob && URL.createObjectURL(blob);
    if (address) image.src = address;
    else image.removeAttribute("src");
    query.hidden = !address;
    trouble.textContent = "";
    found(blob);
  };
  const use = async (file) => {
    const mine = newest += 1;
    begun();
    try {
      const blob = await preparedPicture(file);
      if (mine === newest) show(blob);
    } catch (error) {
      if (mine !== newest) return;
      show(null);
      trouble.textContent = error.message;
    }
  };
  const picturesOf = (transfer) => [...(transfer?.files ?? [])];

  for (const input of [find("choose-picture"), find("take-picture-here")]) {
    input.addEventListener("change", () => {
      if (input.files.length > 0) use(input.files[0]);
      // The same file can be chosen again.
      input.value = "";
    });
  }
  find("take-picture").addEventListener("click", async () => {
    // Phones have an application for photos; a browser without a camera of its own asks the system, too.
    if (matchMedia("(pointer: coarse)").matches || !navigator.mediaDevices?.getUserMedia) {
      find("take-picture-here").click();
      return;
    }
    const photo = await camera.takePhoto();
    if (photo) use(photo);
  });
  find("remove-picture").addEventListener("click", () => {
    newest += 1;
    show(null);
    find("choose-picture").focus();
  });
  document.addEventListener("paste", (event) => {
    const [file] = picturesOf(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    use(file);
  });
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    // Above everything, a dialog that is open too.
    if (!dropping.matches(":popover-open")) dropping.showPopover();
  });
  // Leaving one element for another has a related target; leaving the window has none.
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) dropping.hidePopover(); });
  document.addEventListener("drop", (event) => {
    dropping.hidePopover();
    if (!hasFiles(event)) return;
    event.preventDefault();
    const [file] = picturesOf(event.dataTransfer);
    if (file) use(file);
  });
  return { set hidden(isHidden) { section.hidden = isHidden; } };
};
