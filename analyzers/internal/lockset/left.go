package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// leftInField reports whether the function leaves a lock, or an object on the way
// to it, in a field or global from which some function releases what it has not
// locked: the class by which that one knows the lock is another one. May: which
// object the field belongs to is not asked.
func (f *frame) leftInField(lk lock) bool {
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			s, ok := i.(*ssa.Store)
			if !ok || !refers(s.Val.Type()) {
				continue
			}
			rest, ok := strings.CutPrefix(lk.place.key(), f.placeOf(s.Val).key())
			if !ok || rest != "" && !strings.ContainsRune(".*[", rune(rest[0])) {
				continue
			}
			if to := f.pkg.class(s.Addr); to != "" && len(f.pkg.orphans[to+"*"+rest]) > 0 {
				return true
			}
		}
	}
	return false
}

// refers reports whether a copy of a value of a type leads to the same objects.
func refers(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Slice, *types.Map:
		return true
	}
	return false
}
