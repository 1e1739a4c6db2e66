internal import RecCore

extension AttributeFilter {
    /// The same filter for products that have none but these attributes.
    func restricted(to names: [String]) -> AttributeFilter {
        switch self {
        case .has(let attribute, _), .number(let attribute, _): names.contains(attribute) ? self : .any([])
        case .all(let filters): .all(filters.map { $0.restricted(to: names) })
        case .any(let filters): .any(filters.map { $0.restricted(to: names) })
        case .not(let filter): .not(filter.restricted(to: names))
        }
    }
}
