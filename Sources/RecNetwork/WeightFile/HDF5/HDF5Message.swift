/// One message of an object header.
struct HDF5Message {
    /// What a message is about; other kinds are passed over.
    enum Kind: Int {
        case dataspace = 0x01
        case linkInfo = 0x02
        case datatype = 0x03
        case fillValue = 0x05
        case link = 0x06
        case externalFiles = 0x07
        case layout = 0x08
        case filters = 0x0B
        case attribute = 0x0C
        case continuation = 0x10
        case symbolTable = 0x11
        case attributeInfo = 0x15
    }

    /// What the message is about.
    let kind: Kind
    /// Whether the body is a reference to a message elsewhere.
    let isShared: Bool
    /// The body.
    let body: ByteRegion
}
