import RecCore

/// An error of the demo itself.
struct DemoError: RecError {
    let codeName: String
    let message: String
}
