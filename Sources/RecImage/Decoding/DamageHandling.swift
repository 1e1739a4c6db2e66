/// The handling of pictures with damaged or missing data.
public enum DamageHandling: String, Sendable, Hashable, CaseIterable {
    /// Damage is an error.
    case refused
    /// The intact parts are used; missing parts are gray, black or repeat earlier pixels.
    case accepted
}
