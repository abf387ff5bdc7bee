package lazyssa

import "golang.org/x/tools/go/ssa"

// Declared returns the functions that variables of a package are declared to be, as in
// var exit = os.Exit. Whether they are set again is not looked at.
func Declared(pkg *ssa.Package) map[*ssa.Global]*ssa.Function {
	declared := map[*ssa.Global]*ssa.Function{}
	begin := pkg.Func("init")
	if begin == nil {
		return declared
	}
	for _, b := range begin.Blocks {
		for _, in := range b.Instrs {
			if s, ok := in.(*ssa.Store); ok {
				g, isGlobal := s.Addr.(*ssa.Global)
				if f, isFunc := s.Val.(*ssa.Function); isGlobal && isFunc {
					declared[g] = f
				}
			}
		}
	}
	return declared
}
