import RecCore
import RecNetwork
import Testing

@Suite struct Safetensors {
    /// A file of a header and some bytes of data.
    private func file(_ header: String, data: Int) -> [UInt8] {
        little(UInt64(header.utf8.count)) + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }

    @Test(arguments: [
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8),
        (#"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}   "#, 4),
        (
            #"{"a":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},"b":{"shape":[1],"data_offsets":[0,1],"dtype":"U8"}}"#,
            1
        ),
        (
            #"{"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            5
        ),
        (#"{"__metadata__":{"k":"\u00e9\ud83d\ude00\n"},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1),
    ])
    func `a header that keeps the rules is read`(header: String, data: Int) throws {
        try withFile(file(header, data: data)) { path in
            let weights = try WeightFile(path: path)
            for name in weights.tensorNames { #expect(try weights.floats(of: name).allSatisfy { $0 == 0 }) }
        }
    }

    @Test func `escapes in texts are read`() throws {
        let header =
            #"{"__metadata__":{"k\t":"\u00e9\ud83d\ude00\n\/"},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
        let metadata = try withFile(file(header, data: 1)) { try WeightFile(path: $0).metadata }
        #expect(metadata == ["k\t": "\u{E9}\u{1F600}\n/"])
    }

    @Test(arguments: [
        // Gaps, overlaps, data left over, data missing.
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            12
        ),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7),
        // Shapes that do not fit.
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8),
        (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8),
        (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0),
        (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#, 4),
        // Names that occur twice.
        (
            #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
            2
        ),
        (#"{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1),
        // Fields that are missing, or of another kind.
        (#"{"a":{"dtype":"U8","shape":[1]}}"#, 1), (#"{"a":[1]}"#, 1), (#"{"__metadata__":{"a":1}}"#, 0),
        (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1}}"#, 1),
        // What is no JSON.
        (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}}"#, 1), (#"{"a":"#, 0), (#"{"a" 1}"#, 0),
        (#"{"a":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}"#, 1), (#"{"\ud83d":1}"#, 0), (#"{"\x":1}"#, 0),
        ("{\"a\u{1}\":1}", 0), (#"{,}"#, 0), (#"{"a":{"dtype":"U8","shape":[1,],"data_offsets":[0,1]}}"#, 1),
    ])
    func `a header that breaks a rule is refused`(header: String, data: Int) throws {
        #expect(try errorOpening(file(header, data: data))?.code == .corruptWeights)
    }

    @Test func `an element type that is not known is named`() throws {
        let error = try errorOpening(file(#"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#, data: 1))
        #expect(error?.code == .unsupportedWeights)
        #expect(error?.message.contains("F8_E4M3") == true)
    }

    @Test func `deep nesting is refused`() throws {
        let nested = String(repeating: "[", count: 500_000)
        #expect(try errorOpening(file("{\"a\":" + nested, data: 0))?.code == .corruptWeights)
    }

    @Test func `a header longer than the file or than 100 MB is refused`() throws {
        let start = Array(#"{"a":1}"#.utf8)
        #expect(try errorOpening(little(UInt64(99_999_999)) + start)?.code == .corruptWeights)
        #expect(try errorOpening(little(UInt64(100_000_001)) + start)?.code == .unknownWeightFormat)
        #expect(try errorOpening(little(UInt64.max) + start)?.code == .unknownWeightFormat)
    }
}
