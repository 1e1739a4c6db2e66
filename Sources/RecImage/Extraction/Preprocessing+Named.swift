extension Preprocessing {
    /// The preset that a backbone asks for by name.
    ///
    /// - Throws: ``RecImageError`` with code `invalidSetting` for a name that is no preset: a backbone of the host's own
    ///   then needs ``ExtractionSettings/preprocessing``.
    init(named name: PreprocessingName) throws(RecImageError) {
        switch name {
        case .torchvisionV1: self = .torchvisionV1
        case .kerasCaffe: self = .kerasCaffe
        case .efficientNetLite0: self = .efficientNetLite0
        default:
            throw RecImageError(
                .invalidSetting,
                "There is no preprocessing called '\(name)'; give one in the extraction settings."
            )
        }
    }
}
