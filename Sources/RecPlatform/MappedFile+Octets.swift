extension MappedFile {
    /// Lends the bytes of the file as unsigned bytes, so that they can be read one by one with bounds checks.
    package func withOctets<Value, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try withBytes { (bytes: RawSpan) throws(Failure) -> Value in
            // Any byte is a valid UInt8, and its alignment is one.
            try body(unsafe bytes._unsafeView(as: UInt8.self))
        }
    }
}
