/// Object identifiers of the types that come with every PostgreSQL.
package enum PostgresType {
    package static let bool: UInt32 = 16
    package static let bytes: UInt32 = 17
    package static let int64: UInt32 = 20
    package static let int32: UInt32 = 23
    package static let text: UInt32 = 25
    package static let json: UInt32 = 114
    package static let float: UInt32 = 700
    package static let double: UInt32 = 701
    package static let jsonb: UInt32 = 3802

    /// The type of arrays of a type, of those above.
    package static func array(of type: UInt32) -> UInt32 {
        switch type {
        case bool: 1000
        case bytes: 1001
        case int32: 1007
        case text: 1009
        case int64: 1016
        case float: 1021
        case double: 1022
        case json: 199
        case jsonb: 3807
        default: preconditionFailure("a type of this list")
        }
    }
}
