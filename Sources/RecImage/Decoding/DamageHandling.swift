/// What to do about pictures with damaged or missing data.
public enum DamageHandling: String, Sendable, Hashable, CaseIterable {
    /// They are errors.
    case refused
    /// What there is of them is used; missing parts are gray, black or repeat what came before.
    case accepted
}
