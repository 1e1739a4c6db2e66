internal import RecCore

/// The encoding of one attribute: its categories, the rule for rare ones, and its weight.
///
/// A string literal is the default encoding of the attribute of that name:
///
/// ```swift
/// let encodings: [AttributeEncoding] = [
///     "gender",
///     AttributeEncoding("articleType", weight: 2, minimumFrequency: .count(10)),
///     AttributeEncoding("season", categories: ["Spring", "Summer", "Fall", "Winter"]),
/// ]
/// ```
public struct AttributeEncoding: Sendable, Hashable {
    /// The name of the attribute.
    package var name: String

    /// The categories in the order of their columns; `nil` takes them from the data, sorted by code points.
    package var categories: [String]?

    /// The weight of the attribute within the block; only the ratios matter.
    package var weight: Double

    /// Categories with fewer products share one column; `nil` sets no minimum.
    package var minimumFrequency: CategoryFrequency?

    /// The largest number of columns, the column of infrequent values included; `nil` sets no maximum.
    ///
    /// As in scikit-learn, the maximum counts that column even when no category is infrequent: a maximum of 3 for three
    /// categories gives two columns and one for the rarest. Of equally rare categories the earlier are folded first.
    package var maximumCategories: Int?

    /// Creates an encoding.
    public init(
        _ name: String,
        categories: [String]? = nil,
        weight: Double = 1,
        minimumFrequency: CategoryFrequency? = nil,
        maximumCategories: Int? = nil
    ) {
        self.name = name
        self.categories = categories
        self.weight = weight
        self.minimumFrequency = minimumFrequency
        self.maximumCategories = maximumCategories
    }
}

extension AttributeEncoding: ExpressibleByStringLiteral {
    /// Creates an encoding with categories from the data.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension AttributeEncoding {
    /// Checks the documented ranges.
    func validate() throws(RecError) {
        func invalid(_ reason: String) -> RecError {
            RecError(.invalidSetting, "Attribute '\(name)': \(reason)")
        }
        guard weight.isFinite, weight >= 0 else { throw invalid("the weight is \(weight); it must be 0 or greater.") }
        if let categories {
            guard !categories.isEmpty else { throw invalid("the list of categories is empty.") }
            guard Set(categories.map { ByteString($0) }).count == categories.count else {
                throw invalid("the list of categories holds one of them twice.")
            }
        }
        if let maximumCategories, maximumCategories < 1 {
            throw invalid("the maximum is \(maximumCategories) categories; it must be 1 or more.")
        }
        switch minimumFrequency {
        case .count(let count) where count < 1:
            throw invalid("the minimum frequency is \(count); it must be 1 or more.")
        case .fraction(let fraction) where !(fraction > 0 && fraction < 1):
            throw invalid("the minimum frequency is the fraction \(fraction); it must be above 0 and below 1.")
        default: break
        }
    }
}
