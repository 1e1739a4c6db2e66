/// Arrays that are of the same things, and lie side by side in a file.
package enum CodePart: Sendable, Hashable {
    case directions, lists, slots, head, middle, middleTails
}
