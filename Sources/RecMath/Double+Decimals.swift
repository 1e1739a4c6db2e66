extension Double {
    /// The number with so many decimals, for tables.
    package func decimals(_ digits: Int, sign: Bool = false) -> String {
        guard isFinite, magnitude < 1e12 else { return "\(self)" }
        let scale = (0..<digits).reduce(1) { power, _ in power * 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let decimals = "\(scaled % scale)"
        let zeros = String(repeating: "0", count: max(0, digits - decimals.utf8.count))
        let prefix = scaled == 0 ? "" : self < 0 ? "-" : sign ? "+" : ""
        return prefix + "\(scaled / scale)" + (digits > 0 ? "." + zeros + decimals : "")
    }
}
