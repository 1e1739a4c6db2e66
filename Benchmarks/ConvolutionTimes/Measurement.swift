/// One measured computation of a 3x3 convolution with padding 1.
struct Measurement: Encodable {
    let inputs: Int
    let outputs: Int
    /// Rows and columns of the input.
    let side: Int
    let stride: Int
    let images: Int
    let algorithm: String
    let microseconds: Double
}
