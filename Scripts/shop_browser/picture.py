"""Search by picture: chosen, dropped, pasted and taken."""

from .checks import Checks
from .shop import PAGE

LARGE = """(async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 3000, height: 2000 });
  const context = canvas.getContext("2d");
  context.fillStyle = "teal";
  context.fillRect(500, 300, 2000, 1400);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "%s"));
  const transfer = new DataTransfer();
  transfer.items.add(new File([blob], "photo", { type: blob.type }));
  return transfer;
})()"""
DROP = """(async () => {
  const dataTransfer = await (%s);
  const options = { dataTransfer, bubbles: true, cancelable: true };
  const fire = (type) => document.body.dispatchEvent(new DragEvent(type, options));
  fire("dragover");
  const isTold = document.getElementById("dropping").checkVisibility();
  fire("drop");
  return isTold;
})()"""
PASTE = """(async () => {
  const clipboardData = await (%s);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
})()"""
# Keeps the pictures that the page sends.
KEEP = """const send = window.fetch;
window.sent = [];
window.fetch = (address, options) => {
  if (options?.body instanceof Blob) window.sent.push(options.body);
  return send(address, options);
};"""
SENT = """(async () => {
  const bitmap = await createImageBitmap(window.sent.at(-1));
  return [window.sent.at(-1).type, bitmap.width, bitmap.height];
})()"""
TEXT = """(() => {
  const transfer = new DataTransfer();
  transfer.items.add(new File(["no picture"], "notes.txt", { type: "text/plain" }));
  return transfer;
})()"""
FOUND = "document.querySelectorAll('#products .card:not(.ghost)').length > 0"


class Picture(Checks):
    """The view that a visitor's picture makes; `file` is a JPEG of the catalogue."""

    def __init__(self, page, shop, shoot, file):
        super().__init__(page, shop, shoot)
        self.file = file

    def run(self):
        self.chosen()
        self.dropped_and_pasted()
        self.unreadable()
        self.camera()

    def searches(self):
        return [url for url in self.page.requests() if "/search/image" in url]

    def chosen(self):
        page, shop = self.page, self.shop
        page.open("/", forget=True)
        page.click("nav a", "By picture")
        self.shoot("by-picture-empty")
        self.choose(self.file)
        self.equal(self.page.text("#picture-trouble"), "", "trouble")
        shown = page.cards()[:PAGE]
        data = self.file.read_bytes()
        path = f"/search/image?count={PAGE}"
        self.equal(shown, shop.ids(path, data, kind="image/jpeg"), "what looks like a picture")
        library = [line["id"] for line in shop.library("similar", "--image", self.file, "--count", PAGE)]
        self.equal(shown, library, "the library's answer for a picture")
        self.expect(self.file.stem in shown[:1], f"the picture of {self.file.stem} finds {shown[:1]} first")
        self.expect(page.is_visible("#query-picture-image"), "the picture is not shown")
        page.click("#products .why")
        self.expect((page.text(".reasons:popover-open .sentence") or "").startswith("Picture "), "no reason is given")
        page.key("Escape")
        self.shoot("by-picture")
        count = len(page.cards())
        if page.is_visible("#products .more"):
            page.click("#products .more")
            both = shop.ids(f"/search/image?count={2 * PAGE}", data, kind="image/jpeg")
            self.equal(page.cards(), both, "the next page of what looks like a picture")
        page.click(".facet")
        page.click(".values:popover-open li span")
        page.key("Escape")
        self.expect(len(page.cards()) <= count * 2 and page.query() in self.searches()[-1], "the filter is not sent")
        page.click("#remove-picture")
        shown = (page.cards(), page.is_visible("#query-picture-image"))
        self.equal(shown, ([], False), "after the picture was removed")
        self.quiet()

    def choose(self, file):
        browser = self.page.browser
        document = browser.call("DOM.getDocument")["root"]["nodeId"]
        node = browser.call("DOM.querySelector", nodeId=document, selector="#choose-picture")["nodeId"]
        browser.call("DOM.setFileInputFiles", nodeId=node, files=[str(file.resolve())])
        self.page.wait(FOUND)
        self.page.rest()

    def dropped_and_pasted(self):
        page = self.page
        keep = page.browser.call("Page.addScriptToEvaluateOnNewDocument", source=KEEP)["identifier"]
        page.open("/?#product=" + self.file.stem)
        self.expect(page.run(DROP % (LARGE % "image/jpeg")), "nothing says that a picture can be dropped")
        self.expect(page.wait("location.hash === '#view=picture'"), "a picture that is dropped is lost")
        self.expect(page.wait(FOUND), "a picture that is dropped finds nothing")
        self.expect(not page.is_visible("#dropping"), "the place for a picture stays after it was dropped")
        page.rest()
        self.equal(len(self.searches()), 1, "the number of searches by a picture that was dropped")
        self.equal(page.run(SENT), ["image/jpeg", 1024, 683], "a large JPEG as it is sent")
        page.open("/")
        page.run(PASTE % (LARGE % "image/png"))
        self.expect(page.wait("location.hash === '#view=picture'") and page.rest(), "a picture that is pasted is lost")
        self.expect(page.wait(FOUND), "a picture that is pasted finds nothing")
        self.equal(page.run(SENT), ["image/jpeg", 1024, 683], "a large PNG as it is sent")
        page.browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=keep)
        self.quiet()

    def unreadable(self):
        page = self.page
        page.open("/#view=picture")
        page.run(PASTE % TEXT)
        page.wait("document.getElementById('picture-trouble').textContent")
        self.expect("Choose a JPEG" in page.text("#picture-trouble"), f"it says {page.text('#picture-trouble')}")
        self.equal(self.searches(), [], "searches by what is no picture")
        self.shoot("by-picture-trouble")
        self.quiet()

    def camera(self):
        page = self.page
        permission = {"permission": {"name": "camera"}, "origin": page.address}
        page.browser.call("Browser.setPermission", setting="granted", **permission)
        page.open("/#view=picture")
        page.click("#take-picture")
        self.expect(page.wait("!document.querySelector('.shoot').disabled"), "the camera does not start")
        self.shoot("camera")
        page.click(".shoot")
        self.expect(page.wait(FOUND), "a photo finds nothing")
        self.expect(page.run("document.querySelector('video').srcObject === null"), "the camera stays on")
        page.open("/#view=picture")
        page.browser.call("Browser.setPermission", setting="denied", **permission)
        page.click("#take-picture")
        page.wait("document.querySelector('#camera-view .trouble').textContent")
        self.expect("choose a picture" in page.text("#camera-view .trouble"), "a refusal does not say what to do")
        self.equal(page.focus(), "Choose a picture", "the focus after a refusal")
        self.shoot("camera-refused")
        page.key("Escape")
        self.expect(not page.run("document.getElementById('camera-view').open"), "Escape does not close the camera")
        self.equal(page.focus(), "Take a photo", "the focus after the camera")
        self.quiet()
