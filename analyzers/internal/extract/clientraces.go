package extract

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Which methods of an object are not meant to be called at the same time: one
// writes a field, without a lock, that the other reads or writes. May: fields of
// objects of the type, and of those that are parts of the receiver or that it points to,
// in methods and the functions that they call, so many levels deep; of functions
// of other packages what their skeletons show of their receiver. A function that takes a
// lock guards all that it and its callees do.

const raceDepth = 3

// fieldUse is what a method does to fields, unguarded. Fields of objects of a type are
// "#3", those on the way from the receiver "o.3.0", with a star where the way follows a
// pointer, and "o.3@1" for a cell of an object of another package.
type fieldUse struct{ reads, writes map[string]bool }

// races reports whether two methods use a field in a way that is a data race.
func (u fieldUse) races(v fieldUse) bool {
	for i := range u.writes {
		if v.reads[i] || v.writes[i] {
			return true
		}
	}
	for i := range v.writes {
		if u.reads[i] {
			return true
		}
	}
	return false
}

// fieldUseOf collects what a method does to the fields of its receiver.
func (g *graph) fieldUseOf(method *ssa.Function, named *types.Named) fieldUse {
	r := &raceUses{g: g, named: named, u: fieldUse{map[string]bool{}, map[string]bool{}}, seen: map[string]bool{}}
	ways := make([]string, len(method.Params))
	if recv := method.Signature.Recv(); recv != nil && types.Identical(deref(recv.Type()), named) {
		ways[0] = "o"
	}
	r.visit(method, ways, raceDepth)
	return r.u
}

// raceUses collects what one method does.
type raceUses struct {
	g     *graph
	named *types.Named
	u     fieldUse
	seen  map[string]bool
}

// visit collects what a function does whose parameters are the addresses of what these
// ways lead to, "" for others.
func (r *raceUses) visit(fn *ssa.Function, ways []string, depth int) {
	key := fn.RelString(nil) + strings.Join(ways, ",")
	if depth == 0 || r.seen[key] {
		return
	}
	r.seen[key] = true
	if r.g.guards(fn) {
		r.g.useGuards(fn, r.named, r.u)
		return
	}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.FieldAddr:
				if types.Identical(deref(v.X.Type()), r.named) {
					r.field(v, "#"+strconv.Itoa(v.Field))
				}
				if way := wayTo(v, fn, ways); way != "" {
					r.field(v, way)
				}
			case *ssa.Call, *ssa.Defer:
				f := v.(ssa.CallInstruction).Common().StaticCallee()
				if f == nil {
					break
				}
				args := v.(ssa.CallInstruction).Common().Args
				next := make([]string, len(args))
				for i, a := range args {
					next[i] = wayTo(a, fn, ways)
				}
				if r.g.info[f] != nil {
					r.visit(f, next, depth-1)
				} else if len(next) > 0 && next[0] != "" {
					r.abroad(f, next[0])
				}
			}
		}
	}
}

// field notes what is done at the address of a field.
func (r *raceUses) field(addr *ssa.FieldAddr, way string) {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr == ssa.Value(addr) {
				r.u.writes[way] = true
			}
		case *ssa.UnOp:
			r.u.reads[way] = true
		}
	}
}

// abroad notes what a method of another package does to the fields of its receiver.
func (r *raceUses) abroad(fn *ssa.Function, way string) {
	t := r.g.p.resolve(fn)
	if !t.foreign || fn.Signature.Recv() == nil || r.g.p.guardsAbroad(t.model, raceDepth) {
		return
	}
	at := map[skeleton.Reg]string{} // addresses of fields
	for _, b := range t.model.Blocks {
		for i := range b {
			in := &b[i]
			if len(in.Args) == 0 || in.Args[0].Kind != skeleton.ArgReg {
				continue
			}
			switch first := skeleton.Reg(in.Args[0].N); {
			case in.Op == skeleton.Field && first == 0:
				at[in.Dst] = way + "@" + strconv.Itoa(int(in.N))
			case in.Op == skeleton.Store && at[first] != "":
				r.u.writes[at[first]] = true
			case in.Op == skeleton.Load && at[first] != "":
				r.u.reads[at[first]] = true
			}
		}
	}
}

// guardsAbroad is like guards, of a function of another package and those it calls.
func (p *program) guardsAbroad(f *skeleton.Func, depth int) bool {
	for _, b := range f.Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case skeleton.Lock, skeleton.RLock, skeleton.TryLock, skeleton.TryRLock, skeleton.Yield:
				return true
			case skeleton.Call:
				if in.Args[0].Kind != skeleton.ArgFunc {
					break
				}
				if m := p.model(in.Args[0].S); m != nil && (depth == 0 || p.guardsAbroad(m, depth-1)) {
					return true
				}
			}
		}
	}
	return false
}

// wayTo is the way from the receiver to an address, "" if it does not come from there.
func wayTo(v ssa.Value, fn *ssa.Function, ways []string) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		if i := slices.Index(fn.Params, v); i >= 0 {
			return ways[i]
		}
	case *ssa.FieldAddr:
		if way := wayTo(v.X, fn, ways); way != "" {
			return way + "." + strconv.Itoa(v.Field)
		}
	case *ssa.UnOp:
		if _, isPointer := v.Type().Underlying().(*types.Pointer); !isPointer || v.Op != token.MUL {
			break
		}
		if addr, ok := v.X.(*ssa.FieldAddr); ok {
			if way := wayTo(addr, fn, ways); way != "" {
				return way + "*"
			}
		}
	}
	return ""
}

// useGuards notes the fields of the object that guard what a function does: who
// assigns one is not meant to do so at the same time.
func (g *graph) useGuards(fn *ssa.Function, named *types.Named, u fieldUse) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(*ssa.FieldAddr); ok && types.Identical(deref(v.X.Type()), named) && typeName(deref(v.Type())) == "sync.Once" {
				u.reads["#"+strconv.Itoa(v.Field)] = true
			}
		}
	}
}

// guards reports whether a function takes a lock, runs something once, or looks
// at an atomic.
func (g *graph) guards(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if c.Common().IsInvoke() {
				if n := c.Common().Method.Name(); n == "Lock" || n == "RLock" {
					return true
				}
				continue
			}
			f := c.Common().StaticCallee()
			if f == nil {
				continue
			}
			obj, ok := f.Object().(*types.Func)
			if !ok || obj.Pkg() == nil {
				continue
			}
			switch obj.Name() {
			case "Lock", "RLock", "TryLock", "Do", "CompareAndSwap", "Swap", "CompareAndSwapInt32", "CompareAndSwapUint32", "lock":
				return true
			}
		}
	}
	return false
}
