import RecCore
import RecMilvus
import Testing

@Suite("The address of a Milvus server") struct AddressTests {
    @Test(arguments: [
        ("milvus://h", "milvus://h:19530"),
        ("milvus://anna:secret@h:7/c", "milvus://h:7/c"),
        ("milvuss://secret@shop.example/c?database=a%20b", "milvuss://shop.example:19530/c?database=a b"),
        ("milvus://u:secret@w@[::1]:5433/", "milvus://[::1]:5433"),
    ])
    func `is described without its credentials`(_ text: String, _ description: String) throws {
        let address = try MilvusAddress(text)
        #expect("\(address)" == description)
        #expect(String(reflecting: address) == description)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("secret") && !dumped.contains("anna"))
    }

    @Test(arguments: [
        "localhost:19530", "http://secret@h", "milvus://", "milvus://secret@h:0", "milvus://secret@h:99999",
        "milvus://ho st", "milvus://h\r\nx: secret", "milvus://h?secret", "milvus://h?database=a&database=secret",
        "milvus://secret%2@h", "milvus://secret%00@h", "milvus://secret%FF@h", "milvus://secret@[::1]x/d",
        "milvus://secret@[::1/d", "milvus://secret:secret@host:x", "milvus://u:/secret@h/c", "milvus://u:12/secret@h/c",
        "milvus://u:12?secret@h/c?database=d", "milvus://u:a@b/secret@h/c",
    ])
    func `that is none is an error without the credentials`(_ text: String) {
        let error = #expect(throws: RecError.self) { try MilvusAddress(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("secret") == false)
    }
}
