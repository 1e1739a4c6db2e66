internal import RecNetwork

extension ONNXNode {
    /// The value of a `Constant` node, or `nil` when its attribute is of no known kind.
    var constantValue: ONNXConstant? {
        for (name, value) in attributes {
            switch (name, value) {
            case ("value", .tensor(let constant)): return constant
            case ("value_float", .float(let number)): return ONNXConstant(Tensor([number], shape: []))
            case ("value_floats", .floats(let numbers)): return ONNXConstant(Tensor(numbers, shape: [numbers.count]))
            case ("value_int", .integer(let number)): return ONNXConstant(Tensor([number], TensorType(.int64, [])))
            case ("value_ints", .integers(let numbers)):
                return ONNXConstant(Tensor(numbers, TensorType(.int64, [numbers.count])))
            default: continue
            }
        }
        return nil
    }
}
