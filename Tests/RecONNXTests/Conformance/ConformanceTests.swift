import Foundation
import RecONNX
import Testing

private func isThere(_ part: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(ConformanceCase.folder)/\(part)")
}

/// The standard's own cases, as `Scripts/fetch_onnx_cases.sh` fetches them: each as it is, and folded.
@Suite(.enabled(if: isThere(ConformanceCase.package), "Scripts/fetch_onnx_cases.sh fetches the cases"))
struct ConformanceTests {
    @Test(arguments: [
        ("C", ConformanceScope.tierC, 288), ("D", ConformanceScope.tierD, 526), ("F", ConformanceScope.all, 960),
    ])
    func `every case of an operator passes`(tier: (name: String, operators: Set<String>, count: Int)) {
        let cases = ConformanceResults.node.cases(of: tier.operators)
        #expect(cases.count == tier.count)
        #expect(ConformanceResults.node.failures(cases, folded: false) == [])
        #expect(ConformanceResults.node.failures(cases, folded: true) == [])
    }

    @Test func `cases of old exporters pass`() {
        let parts = [(ConformanceResults.converted, 82), (.operators, 30), (.simple, 6)]
        for (results, count) in parts {
            #expect(results.cases.count == count)
            #expect(results.failures(results.cases, folded: false) == [])
            #expect(results.failures(results.cases, folded: true) == [])
        }
    }

    @Test func `every case that takes floats passes as a network, at each level of the processor`() {
        let parts = [ConformanceResults.node, .converted, .operators, .simple]
        for results in parts {
            #expect(results.networkFailures(results.cases) == [])
            #expect(results.networks.allSatisfy { !$0.runs.isEmpty })
        }
    }

    @Test(.enabled(if: isThere("debian/node"), "apt has no libonnx-testdata"))
    func `cases of Debian's older data pass`() {
        let results = ConformanceResults.debian
        #expect(results.cases.count >= 550)
        #expect(results.failures(results.cases, folded: false) == [])
        #expect(results.failures(results.cases, folded: true) == [])
    }

    @Test(arguments: [
        "bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19",
        "zfnet512",
    ])
    func `a whole network of an old format is read and folded to the shape of its output`(name: String) throws {
        let path = "\(ConformanceCase.folder)/\(ConformanceCase.package)/light/light_\(name)"
        let model = try ONNXModel(path: "\(path).onnx")
        #expect(model.irVersion == 3 && model.opset == 9 && model.graph.inputs.count == 1)
        let graph = try FoldedGraph(model)
        let expected = try ONNXConstant(path: "\(path)_output_0.pb")
        #expect(graph.outputs.map { graph.types[$0.value] } == [expected.type])
        #expect(!graph.nodes.contains { $0.node.operatorType == "ConstantOfShape" })
    }

    @Test func `the page says what passes`() throws {
        let page = ConformancePage()
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Docs/ONNX/Conformance.md").standardized.path()
        if ProcessInfo.processInfo.environment["REC_WRITE_CONFORMANCE"] != nil {
            try page.text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in page.countLines { #expect(text.contains(line), "run make conformance") }
    }
}
