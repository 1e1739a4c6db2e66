import ArgumentParser
import Testing
import rec_demo

@Suite struct `Usage errors` {
    static let wrong = [
        "unheard-of",
        "similar --id 1",
        "similar --index x",
        "similar --index x --id 1 --image 1.jpg",
        "similar --index x --id 1 --count=-1",
        "similar --index x --id 1 --count many",
        "similar --index x --id 1 --image-weight 1.01",
        "similar --index x --id 1 --image-weight=-0.1",
        "similar --index x --id 1 --image-weight nan",
        "similar --index x --id 1 --where gender",
        "similar --index x --id 1 --where =Women",
        "similar --index x --id 1 --where year<soon",
        "similar --index x --id 1 --attribute-weight season",
        "similar --index x --id 1 --attribute-weight season=-1",
        "similar --index x --id 1 --attribute-weight season=inf",
        "recommend --index x",
        "recommend --index x --like 1=-1",
        "recommend --index x --like 1=nan",
        "recommend --index x --like 1 --strategy worst",
        "recommend --index x --like 1 --diversity 1.5",
        "recommend --index x --like 1 --group-by brand --per-group 0",
        "recommend --index x --like 1 --offset=-1",
        "recommend --index x --like 1 --pool 0",
        "recommend --index x --like 1 --minimum-score nan",
        "neighbors",
        "neighbors --index x --count=-1",
        "neighbors --index x --threads 0",
        "evaluate --index x",
        "evaluate --index x --relevant-by kind --count 0",
        "evaluate --index x --relevant-by kind --sample 0",
        "evaluate --index x --relevant-by kind --near-duplicates 2",
        "weights --index x",
        "weights --index x --relevant-by kind --count 1001",
        "report --index x",
        "report --index x --out page.html --rows 0",
        "index --catalog x",
        "index --catalog x --out y --sample 2",
        "index --catalog x --out y --sample 0",
        "index --catalog x --out y --attributes ,",
        "index --catalog x --out y --backbone resnet50",
        "index --catalog x --out y --backbone resnet51 --weights z",
        "embed --backbone resnet50 --weights z",
        "embed --backbone resnet51 --weights z 1.jpg",
        "embed --backbone resnet50 --weights z --decode slow 1.jpg",
        "embed --backbone resnet50 --weights z --batch 0 1.jpg",
        "embed --backbone resnet50 --weights z --preprocessing best 1.jpg",
        "index --catalog x --out y --backbone resnet50 --weights z --preprocessing short-side-0",
        "embed --backbone resnet50 --weights z --damaged maybe 1.jpg",
        "embed --backbone resnet50 --weights z --from-stdin 1.jpg",
        "embed --backbone resnet50 --weights z --null 1.jpg",
        "index --catalog x --out y --embeddings e --backbone resnet50",
        "index --catalog x --out y --embeddings e --prefix p",
        "index --catalog x --out y --embeddings e --layer fc2",
        "index --catalog x --out y --embeddings e --pooling gem",
        "index --catalog x --out y --embeddings e --arithmetic int8",
        "similar --index postgresql://h/d --id 1",
        "similar --index postgresql://h/d?table= --id 1",
        "similar --index postgresql://h/d?table=t&candidates=0 --id 1",
        "similar --index postgresql://h/d?table=t&candidates=many --id 1",
        "similar --index postgresql://h/d?table=t&colour=blue --id 1",
        "network",
        "network model.onnx --input picture.npy",
        "network model.onnx --shape x=1x3x",
        "network model.onnx --shape 1x3x224x224",
        "network model.onnx --shape x=1x3x0x224",
        "network model.onnx --shape x=1x3x8x8 --input x=picture.npy",
        "embed --weights model.onnx --pooling best 1.jpg",
    ]

    @Test(arguments: wrong)
    func `wrong usage ends with code 64`(line: String) {
        let error = #expect(throws: (any Error).self) { try RecDemo.parseAsRoot(words(line)) }
        #expect(error.map { RecDemo.exitCode(for: $0).rawValue } == 64)
    }

    static let right = [
        "publish --index x --to y --approximate",
        "similar --index x --id 1 --count 0 --image-weight 0 --where gender=Women --where year>=2012 --json",
        "similar --index x --image 1.jpg --weights w --attribute-weight season=0 --image-weight 1",
        "recommend --index x --dislike 1 --count 3 --diversity 0.3 --group-by brand --per-group 2 --explain --json",
        "neighbors --index x --count 0 --image-weight 0.5 --threads 2",
        "evaluate --index x --relevant-by kind --hold-out season --near-duplicates=-1 --json",
        "weights --index x --relevant-by kind",
        "report --index x --out page.html",
        "index --catalog x --out y --backbone resnet50 --weights z --sample 0.1 --seed 7 --attributes a,b",
        "index --catalog x --out y --backbone resnet50 --weights z --damaged accept",
        "embed --backbone resnet50 --weights z --damaged refuse 1.jpg",
        "embed --backbone resnet50 --weights z --from-stdin --null --recipe r.json",
        "index --catalog x --out y --embeddings e",
        "index --catalog x --out y --embeddings e --weights z",
        "embed --backbone vgg16 --weights z --layer fc2 --decode fast --orientation ignore --no-normalize 1.jpg 2.jpg",
    ]

    @Test(arguments: right)
    func `what is documented is accepted`(line: String) throws {
        _ = try RecDemo.parseAsRoot(words(line))
    }

    @Test(arguments: [
        ("similar --index x", "Give either --id or --image."),
        ("similar --index x --id 1 --where year<soon", "'--where year<soon' must have the form"),
        ("recommend --index x --like 1 --strategy worst", "The strategy must be mean, best or sum."),
    ])
    func `the message says what is wrong`(line: String, message: String) {
        let error = #expect(throws: (any Error).self) { try RecDemo.parseAsRoot(words(line)) }
        #expect(error.map { RecDemo.message(for: $0) }?.contains(message) == true)
    }

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}
