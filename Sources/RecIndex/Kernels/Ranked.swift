internal import RecFiles

/// Something that comes before or behind another.
package protocol Ranked {
    /// Whether this one comes first.
    func precedes(_ other: Self) -> Bool
}

extension CodeCandidate: Ranked {
    /// By score, greatest first, then by slot.
    package func precedes(_ other: CodeCandidate) -> Bool {
        score == other.score ? slot < other.slot : score > other.score
    }
}

extension Array where Element: Ranked {
    /// The best so many, best first.
    ///
    /// - Complexity: O(*n* + *wanted* log *wanted*)
    package func best(_ wanted: Int) -> [Element] {
        var result = self
        if count > wanted {
            result.partition(best: wanted)
            result.removeLast(count - wanted)
        }
        result.sort { $0.precedes($1) }
        return result
    }

    /// Moves the best so many to the front, in any order; Hoare 1961, Algorithm 65: FIND.
    ///
    /// - Complexity: O(*n*) on average
    mutating func partition(best wanted: Int) {
        var low = 0
        var high = count - 1
        let last = wanted - 1
        guard wanted > 0 else { return }
        while low < high {
            let pivot = self[low + (high - low) / 2]
            var left = low
            var right = high
            while left <= right {
                while self[left].precedes(pivot) { left += 1 }
                while pivot.precedes(self[right]) { right -= 1 }
                guard left <= right else { break }
                swapAt(left, right)
                left += 1
                right -= 1
            }
            if last <= right {
                high = right
            } else if last >= left {
                low = left
            } else {
                return
            }
        }
    }
}
