/// An iteration did not reach its result in the rounds that suffice for every matrix of finite numbers met in practice.
package struct ConvergenceFailure: Error, Hashable {}
