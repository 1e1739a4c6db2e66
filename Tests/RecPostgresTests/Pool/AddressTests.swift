import RecCore
import RecPostgres
import Testing

@Suite struct `The address of a database` {
    @Test(arguments: [
        ("postgresql://u@h:5433/d", "postgresql://u@h:5433/d"),
        ("postgres://h", "postgresql://h/"),
        ("postgresql://u:p%40w@[::1]:5433/d%2Fx", "postgresql://u@[::1]:5433/d/x"),
        ("postgresql://u:p@w@h/d?sslmode=require", "postgresql://u@h/d"),
        ("postgresql:///d?host=/var/run&port=7", "postgresql:///var/run:7/d"),
        ("postgresql://a:1,b:2/d?table=t%20x", "postgresql://a:1,b:2/d?table=t x"),
        ("postgresql://h/d?password=secret&user=u", "postgresql://u@h/d"),
    ])
    func `is described without its password`(_ text: String, _ description: String) throws {
        let address = try PostgresAddress(text)
        #expect("\(address)" == description)
        #expect(String(reflecting: address) == description)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("secret") && !dumped.contains("p@w"))
    }

    @Test func `keeps what libpq does not know for the caller`() throws {
        let address = try PostgresAddress("postgresql://h/d?table=a%26b&sslmode=disable&query=select%20%27x%3D1%27")
        #expect(address.options == ["table": "a&b", "query": "select 'x=1'"])
        #expect(address.withoutOptions.options.isEmpty)
    }

    @Test(arguments: [
        "mysql://h/d", "", "postgresql://u:secret@h:x/d", "postgresql://u:secret@h:99999/d",
        "postgresql://u:secret%2@h/d",
        "postgresql://u:secret%00@h/d", "postgresql://u:secret@h/d?table", "postgresql://u:secret@h/d?a=1&a=2",
        "postgresql://u:secret@[::1]x/d", "postgresql://u:secret%FF@h/d", "postgresql://u:/secret@h/d?table=t",
        "postgresql://u:12/secret@h/d", "postgresql://u:?secret@h/d?table=t", "postgresql://u:12?a/secret@h?table=t",
        "postgresql://u:a@b/secret@h/d", "postgresql://u:a@b?secret@h/d?table=t",
    ])
    func `that is none is an error without the password`(_ text: String) {
        let error = #expect(throws: RecError.self) { try PostgresAddress(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("secret") == false)
    }
}
