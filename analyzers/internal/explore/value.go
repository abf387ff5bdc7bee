package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// kind tells the values apart.
type kind uint8

const (
	vUnset kind = iota // a cell of the environment that nobody read yet
	vNil
	vBool  // a: 0 or 1
	vInt   // a
	vStr   // a: number of the constant in the program
	vSym   // a: index in the state's symbols
	vRef   // a: object, b: cell
	vFunc  // a: function of the program; p: captured values
	vSlice // p: reference to the first element, length, capacity; width of an element where the array is a part of something
	vIface // a: number of the type tag; b: 1 if private to its package; p: the value in it
	vAgg   // p: cells
	vMutex // a: holder+1
	vRW    // a: writer+1, p: readers (vInt each, ascending)
	vWG    // a: counter
	vCond  // p: waiting goroutines (vInt each), longest waiting first
)

// value is one cell or register. Aggregates are immutable and shared.
type value struct {
	k    kind
	a, b int32
	p    *[]value
}

var (
	nilValue  = value{k: vNil}
	forgotten = value{a: 1} // a cell that was a number or a flag before the environment got it
	uncalled  = value{a: 2} // a variable that was nil before the environment got a function which sets it
	trueValue = value{k: vBool, a: 1}
	falseVal  = value{k: vBool}
)

// replaced is a cell in which a list of n stood before the environment came by it.
func replaced(n int32) value { return value{a: 3, b: n} }

func boolValue(b bool) value {
	if b {
		return trueValue
	}
	return falseVal
}

func intValue(n int) value { return value{k: vInt, a: int32(n)} }

func refValue(obj, cell int32) value { return value{k: vRef, a: obj, b: cell} }

func aggValue(vals []value) value { return value{k: vAgg, p: &vals} }

// parts returns the values inside an aggregate, slice, interface, closure or lock.
func (v value) parts() []value {
	if v.p == nil {
		return nil
	}
	return *v.p
}

// cellsOf spreads a value into exactly n cells.
func cellsOf(v value, n int) []value {
	if n == 1 {
		return []value{v}
	}
	cells := v.parts()
	if v.k == vAgg && len(cells) == n {
		return cells
	}
	// The skeleton and the value disagree (a conversion that the extractor
	// could not see through): nothing is known of the cells.
	return make([]value, n)
}

// fromCells is the value of a run of cells.
func fromCells(cells []value) value {
	if len(cells) == 1 {
		return cells[0]
	}
	return aggValue(append([]value(nil), cells...))
}

// zeroCell is the zero value of a layout letter.
func zeroCell(letter byte) value {
	switch letter {
	case 'b':
		return falseVal
	case 'i', 'u', 'n':
		return value{k: vInt}
	case 'p':
		return nilValue
	case 'm':
		return value{k: vMutex}
	case 'r':
		return value{k: vRW}
	case 'w':
		return value{k: vWG}
	case 'c':
		return value{k: vCond}
	}
	return value{k: vStr} // constant 0 is the empty string
}

// zeroOf is the zero value of a layout.
func zeroOf(layout string) value {
	if len(layout) == 1 {
		return zeroCell(layout[0])
	}
	cells := make([]value, len(layout))
	for i := range cells {
		cells[i] = zeroCell(layout[i])
	}
	return aggValue(cells)
}

func isLock(k kind) bool { return k >= vMutex }

// holdsList reports whether the goroutine id is in a list of vInt.
func holdsList(list []value, id int32) bool {
	for _, v := range list {
		if v.a == id {
			return true
		}
	}
	return false
}

// without returns list without the first entry of id.
func without(list []value, id int32) *[]value {
	out := make([]value, 0, len(list))
	found := false
	for _, v := range list {
		if v.a == id && !found {
			found = true
			continue
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil
	}
	return &out
}

// insertSorted returns the list with id added in ascending order.
func insertSorted(list []value, id int32) *[]value {
	out := make([]value, 0, len(list)+1)
	done := false
	for _, v := range list {
		if !done && v.a > id {
			out = append(out, value{k: vInt, a: id})
			done = true
		}
		out = append(out, v)
	}
	if !done {
		out = append(out, value{k: vInt, a: id})
	}
	return &out
}

// argModes walks Havoc's tag; a missing letter means all.
func argMode(tag string, i int) byte {
	if i < len(tag) {
		return tag[i]
	}
	return skeleton.EscapeAll
}
