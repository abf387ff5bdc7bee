package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// own knows what the reachable functions make: allocated types, dynamic types
// put into interfaces, functions taken as values. A value whose type can hold
// nothing of that came from the environment, so that handing it back there
// changes nothing.
//
// Types are compared by their text, as types of equal text are identical
// within a package but for types declared in functions, which makes the answer
// larger at most.
type own struct {
	p          *program
	made       map[string]bool // types of variables, elements, channels and maps that are made, with their parts
	boxed      map[string]types.Type
	order      []types.Type               // boxed, in order of appearance
	taken      map[string][]*ssa.Function // functions that are used as values, by signature
	took       map[*ssa.Function]bool     // these
	takings    int                        // how many functions are taken
	holds      map[types.Type]answer
	impls      map[types.Type]*implementers // by interface
	sealed     bool                         // all is collected: answers stand
	text       map[types.Type]string
	canons     map[types.Type]types.Type // see canon
	byText     map[string][]types.Type   // canonical types
	sigs       map[*types.Signature]string
	got        map[*types.Signature]bool  // what receives was asked about
	gotten     map[types.Type]bool        // what it has followed
	given      map[string]bool            // functions that functions of other packages make, by signature
	shut       map[string]bool            // answers of closed, by signature
	values     map[string][]*ssa.Function // all functions of the package that are used as values, by signature
	acting     map[*ssa.Function]bool     // functions that may have an effect, themselves or through what they use
	modelFuncs []shape                    // functions that models make which have an effect
	foreign    []*skeleton.Shape          // dynamic types that functions of other packages make
	all        bool                       // everything may have been made: that what callers hand over is
}

func newOwn(p *program) *own {
	return &own{
		p: p, made: map[string]bool{}, boxed: map[string]types.Type{}, taken: map[string][]*ssa.Function{}, took: map[*ssa.Function]bool{},
		holds: map[types.Type]answer{}, impls: map[types.Type]*implementers{}, text: map[types.Type]string{}, canons: map[types.Type]types.Type{}, byText: map[string][]types.Type{}, sigs: map[*types.Signature]string{},
		acting: map[*ssa.Function]bool{}, values: map[string][]*ssa.Function{}, shut: map[string]bool{},
		got: map[*types.Signature]bool{}, gotten: map[types.Type]bool{}, given: map[string]bool{},
	}
}

// key is a type's text.
func (o *own) key(t types.Type) string {
	if s, ok := o.text[t]; ok {
		return s
	}
	s := o.p.disp.tag(t)
	o.text[t] = s
	return s
}

// canon is one type of those that are identical to t, always the same. The type
// checker makes a new one whenever it meets *T or []T, and what is found out of
// a type is kept by it.
func (o *own) canon(t types.Type) types.Type {
	t = types.Unalias(t)
	if _, ok := t.(*types.Basic); ok {
		return t
	}
	if c, ok := o.canons[t]; ok {
		return c
	}
	k := o.key(t)
	c := t
	if i := slices.IndexFunc(o.byText[k], func(x types.Type) bool { return types.Identical(x, t) }); i >= 0 {
		c = o.byText[k][i]
	} else {
		o.byText[k] = append(o.byText[k], t)
	}
	o.canons[t] = c
	return c
}

// sigKey is a signature's text without receiver and names.
func (o *own) sigKey(sig *types.Signature) string {
	if s, ok := o.sigs[sig]; ok {
		return s
	}
	bare := func(t *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for i := range t.Len() {
			vars = append(vars, types.NewParam(0, nil, "", t.At(i).Type()))
		}
		return types.NewTuple(vars...)
	}
	s := types.TypeString(types.NewSignatureType(nil, nil, nil, bare(sig.Params()), bare(sig.Results()), sig.Variadic()), (*types.Package).Path)
	o.sigs[sig] = s
	return s
}

// scan collects what one function makes.
func (o *own) scan(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.Alloc:
				o.makes(deref(v.Type()))
			case *ssa.MakeChan:
				o.makes(v.Type())
			case *ssa.MakeMap:
				o.makes(v.Type())
			case *ssa.MakeSlice:
				o.makes(v.Type().Underlying().(*types.Slice).Elem())
			case *ssa.MakeInterface:
				t := v.X.Type()
				if k := o.key(t); o.boxed[k] == nil {
					o.boxed[k] = t
					o.order = append(o.order, t)
				}
			}
		}
	}
}

func (o *own) makes(t types.Type) {
	t = types.Unalias(t)
	if o.made[o.key(t)] {
		return
	}
	o.made[o.key(t)] = true
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			o.makes(u.Field(i).Type())
		}
	case *types.Array:
		o.makes(u.Elem())
	case *types.Chan:
		o.made["chan "+o.key(u.Elem())] = true
	}
}

func (o *own) takes(fn *ssa.Function) {
	if o.took[fn] {
		return
	}
	o.took[fn] = true
	k := o.sigKey(fn.Signature)
	o.taken[k] = append(o.taken[k], fn)
	o.takings++
}

// value reports whether v may hold an object that the package made.
func (o *own) value(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return false
	case *ssa.MakeInterface:
		return o.value(v.X)
	case *ssa.ChangeInterface:
		return o.value(v.X)
	case *ssa.ChangeType:
		return o.value(v.X)
	case *ssa.Function:
		return o.function(v)
	case *ssa.MakeClosure:
		return o.function(v.Fn.(*ssa.Function))
	case *ssa.Slice:
		if elems, ok := varargs(v); ok {
			for _, e := range elems {
				if o.value(e) {
					return true
				}
			}
			return false
		}
	}
	return o.typ(v.Type())
}

// function reports whether a function does something of interest or has
// captured something that may be.
func (o *own) function(fn *ssa.Function) bool { return o.captures(fn, map[string]bool{}) }

func (o *own) captures(fn *ssa.Function, seen map[string]bool) bool {
	if o.acting[fn] {
		return true
	}
	for _, v := range fn.FreeVars {
		if o.search(v.Type(), seen) {
			return true
		}
	}
	return false
}

// closed reports whether only the package itself can make functions of a type,
// for a parameter's type cannot be named outside, and all that it makes leave
// channels and locks alone: options that fill in a configuration. Unknown ones
// are taken to change nothing, as if they said what goes without saying.
func (o *own) closed(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	k := o.sigKey(sig)
	is, ok := o.shut[k]
	if !ok {
		is = o.private(sig) && len(o.values[k]) > 0 && o.calm(o.values[k], 3)
		o.shut[k] = is
	}
	return is
}

// private reports whether a parameter is of an unexported type of the package.
func (o *own) private(sig *types.Signature) bool {
	for i := range sig.Params().Len() {
		n, ok := types.Unalias(deref(sig.Params().At(i).Type())).(*types.Named)
		if ok && n.Obj().Pkg() == o.p.pkg && !n.Obj().Exported() {
			return true
		}
	}
	return false
}

// calm reports whether functions do nothing but compute, load and store. It
// looks into so many levels of calls.
func (o *own) calm(fns []*ssa.Function, depth int) bool {
	if depth == 0 {
		return false
	}
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch v := in.(type) {
				case *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer, *ssa.Panic:
					return false
				case *ssa.UnOp:
					if isRecv(v) {
						return false
					}
				case *ssa.Call:
					if bi, ok := v.Call.Value.(*ssa.Builtin); ok {
						if bi.Name() == "close" {
							return false
						}
						continue
					}
					f := v.Call.StaticCallee()
					if f == nil {
						return false
					}
					t := o.p.resolve(f)
					if t.body && !o.calm([]*ssa.Function{f}, depth-1) || !t.body && (t.model != nil || !t.known) {
						return false
					}
				}
			}
		}
	}
	return true
}

// passive are the layouts of library types with which the environment can help
// nobody: of a lock only the holder matters, the rest is data (see slicer.seed).
var passive = map[string]bool{"m": true, "r": true, "b": true, "i": true, "u": true}

// mode is what unknown code gets of an argument: nothing of what is its own
// already, anything of data that it may write and that is read later.
func (o *own) mode(v ssa.Value, byKnowledge byte, writes bool) byte {
	mode := byKnowledge
	if mode == 0 {
		mode = o.p.modes.ofValue(v)
	}
	if mode != skeleton.EscapeNone && !o.value(v) {
		mode = skeleton.EscapeNone
	}
	if mode == skeleton.EscapeNone && writes {
		mode = skeleton.EscapeAll
	}
	return mode
}
