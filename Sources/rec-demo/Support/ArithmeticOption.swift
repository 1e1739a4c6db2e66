import ArgumentParser
import RecNetwork

/// The values of `--arithmetic`.
enum ArithmeticOption: String, ExpressibleByArgument, CaseIterable {
    case fastest, exact, bfloat16, int8

    static let help = ArgumentHelp(
        "The arithmetic of the network: fastest or exact, both in floats; bfloat16; int8.",
        discussion: "int8 needs the ranges that rec-demo calibrate writes beside the weights."
    )

    var setting: ExecutionSettings.Arithmetic {
        switch self {
        case .fastest: .fastest
        case .exact: .exact
        case .bfloat16: .bfloat16
        case .int8: .int8
        }
    }
}
