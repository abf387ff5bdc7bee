package lockset

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Locks that are made by whoever is first to need them: if s.mu == nil { s.mu = … }.

// storedToNil reports whether a store is made only where nothing has been stored
// at its address, by a test of that before.
func (f *frame) storedToNil(i *ssa.Store, key string) bool {
	b := i.Block()
	for d := b.Idom(); d != nil; d = d.Idom() {
		last, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond, ok := last.Cond.(*ssa.BinOp)
		if !ok || cond.Op != token.EQL && cond.Op != token.NEQ {
			continue
		}
		if k, ok := cond.Y.(*ssa.Const); !ok || !k.IsNil() || !f.loads(cond.X, key) {
			continue
		}
		side := d.Succs[0]
		if cond.Op == token.NEQ {
			side = d.Succs[1]
		}
		if len(side.Preds) == 1 && side.Dominates(b) {
			return true
		}
	}
	return false
}

// loads reports whether a value is what is stored at the address of a key.
func (f *frame) loads(v ssa.Value, key string) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && f.placeOf(load.X).key() == key
}
