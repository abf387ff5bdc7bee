package library

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// A Passing is what has to hold for a function to return: that one of its
// parameters, the receiver first, is nil (or true, or what another one is), or is not.
type Passing struct {
	Param int
	Val   string // nil, true or a number; "" if it is compared with another parameter
	Other int    // that one
	Is    bool
}

// Passes tells what has to hold for a modelled function to return, as an assertion
// that ends the test where it does not. ok is false for all others.
func Passes(fullName string) (p Passing, ok bool) {
	f := Func(fullName)
	if f == nil || len(f.Blocks) < 2 {
		return p, false
	}
	first := f.Blocks[0]
	last := first[len(first)-1]
	if last.Op != skeleton.Branch || last.Args[0].Kind != skeleton.ArgReg {
		return p, false
	}
	for _, in := range first[:len(first)-1] {
		if in.Op != skeleton.Bin {
			return p, false
		}
	}
	yes, no := endsAt(f, last.Then), endsAt(f, last.Else)
	if yes == no {
		return p, false
	}
	asked := last.Args[0].N
	if int(asked) < len(f.Params) {
		return Passing{Param: int(asked), Val: "true", Is: no}, true
	}
	for _, in := range first {
		if int64(in.Dst) == asked && (in.Tag == "eq" || in.Tag == "ne") && in.Args[1].Kind == skeleton.ArgNil && in.Args[0].Kind == skeleton.ArgReg && int(in.Args[0].N) < len(f.Params) {
			return Passing{Param: int(in.Args[0].N), Val: "nil", Is: (in.Tag == "eq") == no}, true
		}
	}
	return p, false
}

// endsAt reports whether a block of a function does nothing but end the goroutine
// or the process.
func endsAt(f *skeleton.Func, block int32) bool {
	switch f.Blocks[block][0].Op {
	case skeleton.Exit, skeleton.Goexit, skeleton.Panic:
		return true
	}
	return false
}
