import RecPostgres
import Testing

@Suite("Statements") struct StatementTests {
    @Test func `carry their parameters in order`() {
        let values = [PostgresValue(type: 25, bytes: [97]), PostgresValue(type: 20, bytes: nil)]
        let statement = PostgresStatement("select $1, $2", values)
        #expect(statement.parameters == values)
        #expect(statement != PostgresStatement("select $1, $2", values.reversed()))
    }
}
