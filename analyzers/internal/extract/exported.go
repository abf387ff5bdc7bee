package extract

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What an exported function reaches, and with it what a package's fact holds.

// reached collects the functions and types that exports reach.
type reached struct {
	p      *program
	shown  map[string]skeleton.Effects
	order  []string
	taken  map[string]bool // functions
	instrs int
	types  []string
	ifaces []string
}

// closure is what one export needs beyond what is taken already.
type closure struct {
	funcs, types, ifaces []string
	instrs               int
	seen                 map[string]bool
}

// add takes a function with all that it refers to, unless that is too much.
func (r *reached) add(name string) bool {
	if r.p.out.Funcs[name] == nil || r.instrs > maxShown {
		return false
	}
	c := &closure{seen: map[string]bool{}}
	if !r.follow(c, name) {
		return false
	}
	for _, fn := range c.funcs {
		if !r.taken[fn] {
			r.taken[fn] = true
			r.order = append(r.order, fn)
			r.instrs += size(r.p.out.Funcs[fn])
		}
	}
	for _, t := range c.types {
		if !slices.Contains(r.types, t) {
			r.types = append(r.types, t)
		}
	}
	for _, t := range c.ifaces {
		if !slices.Contains(r.ifaces, t) {
			r.ifaces = append(r.ifaces, t)
		}
	}
	return true
}

func size(f *skeleton.Func) int {
	n := 0
	for _, b := range f.Blocks {
		n += len(b)
	}
	return n
}

func (r *reached) follow(c *closure, name string) bool {
	f := r.p.out.Funcs[name]
	if c.seen[name] || f == nil || library.Func(name) != nil {
		return true
	}
	c.seen[name] = true
	c.funcs = append(c.funcs, name)
	if c.instrs += size(f); len(c.funcs) > maxReached || c.instrs > maxReachedInstrs {
		return false
	}
	for _, b := range f.Blocks {
		for i := range b {
			in := &b[i]
			for _, a := range in.Args {
				if a.Kind == skeleton.ArgFunc && !r.follow(c, a.S) {
					return false
				}
			}
			switch in.Op {
			case skeleton.Iface:
				if !r.followType(c, in.Tag) {
					return false
				}
			case skeleton.Assert, skeleton.Assert2:
				if in.N == 1 {
					c.ifaces = append(c.ifaces, in.Tag)
				}
			}
		}
	}
	return true
}

// followType takes a dynamic type with the methods that are called.
func (r *reached) followType(c *closure, tag string) bool {
	key := "type " + tag
	if c.seen[key] || library.Types()[tag] != nil {
		return true
	}
	c.seen[key] = true
	c.types = append(c.types, tag)
	typ := r.p.out.Types[tag]
	if typ == nil {
		return true
	}
	for _, m := range slices.Sorted(maps.Keys(typ.Methods)) {
		if !r.follow(c, typ.Methods[m]) {
			return false
		}
	}
	return true
}

// finish lists the types and interfaces that were met. Methods that no export
// calls are those of the exports of that name.
func (r *reached) finish() (typs, ifaces []skeleton.Shape) {
	slices.Sort(r.types)
	slices.Sort(r.ifaces)
	for _, tag := range r.types {
		if t := r.p.disp.dynamic[tag]; t != nil {
			typs = append(typs, r.ownType(tag, t))
		} else if s := r.p.imp.types[tag]; s != nil {
			typs = append(typs, r.onlyTaken(*s))
		}
	}
	for _, tag := range r.ifaces {
		if t := r.p.disp.ifaces[tag]; t != nil {
			ifaces = append(ifaces, r.p.shape(tag, t))
		} else if s := r.p.imp.ifaces[tag]; s != nil {
			ifaces = append(ifaces, *s)
		}
	}
	return typs, ifaces
}

// ownType is the shape of a dynamic type with the functions of its methods.
func (r *reached) ownType(tag string, t types.Type) skeleton.Shape {
	s := r.p.shape(tag, t)
	if _, isIface := t.Underlying().(*types.Interface); isIface {
		return s
	}
	set := r.p.prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		obj := set.At(i).Obj().(*types.Func)
		fn := r.p.prog.MethodValue(set.At(i))
		if fn == nil {
			continue
		}
		for j := range s.Methods {
			if m := &s.Methods[j]; m.Name == obj.Name() || strings.HasSuffix(m.Name, "."+obj.Name()) {
				m.Func = r.methodFunc(tag, obj, fn)
			}
		}
	}
	return s
}

// methodFunc is the function of a method of a dynamic type, "" if it is unknown.
func (r *reached) methodFunc(tag string, obj *types.Func, fn *ssa.Function) string {
	if typ := r.p.out.Types[tag]; typ != nil && r.taken[typ.Methods[obj.Name()]] {
		return typ.Methods[obj.Name()]
	}
	t := r.p.resolve(fn)
	name := fullName(fn)
	switch {
	case t.model != nil && !t.foreign:
		return name
	case r.taken[name]:
		return name
	case t.inert, fn.Synthetic == "" && obj.Exported() && obj.Pkg() == r.p.pkg && r.shown[name] == 0 && !r.isShown(name):
		return r.inert(fn)
	}
	return ""
}

func (r *reached) isShown(name string) bool {
	_, ok := r.shown[name]
	return ok
}

// inert adds a function that stands for one without an effect.
func (r *reached) inert(fn *ssa.Function) string {
	name := fn.RelString(nil)
	if r.taken[name] {
		return name
	}
	f := &skeleton.Func{Name: name, Recover: -1, Library: true, Short: shortName(fn), Results: r.p.resultLayouts(fn.Signature)}
	if recv := fn.Signature.Recv(); recv != nil {
		f.Params = append(f.Params, skeleton.Param{Layout: r.p.lay.of(recv.Type())})
	}
	for v := range fn.Signature.Params().Variables() {
		f.Params = append(f.Params, skeleton.Param{Layout: r.p.lay.of(v.Type())})
	}
	f.Regs = int32(len(f.Params))
	ret := skeleton.Instr{Op: skeleton.Return, Dst: skeleton.NoReg}
	var body []skeleton.Instr
	for v := range fn.Signature.Results().Variables() {
		dst := skeleton.Reg(f.Regs)
		f.Regs++
		body = append(body, skeleton.Instr{Op: skeleton.Sym, Dst: dst, Layout: r.p.lay.of(v.Type())})
		ret.Args = append(ret.Args, skeleton.R(dst))
	}
	f.Blocks = [][]skeleton.Instr{append(body, ret)}
	r.p.out.Funcs[name] = f
	r.taken[name] = true
	r.order = append(r.order, name)
	return name
}

// onlyTaken leaves out the methods whose functions were not taken over.
func (r *reached) onlyTaken(s skeleton.Shape) skeleton.Shape {
	s.Methods = slices.Clone(s.Methods)
	for i := range s.Methods {
		m := &s.Methods[i]
		if m.Func == "" || r.taken[m.Func] || library.Func(m.Func) != nil {
			continue
		}
		if f := r.p.imp.load(r.p.imp.from[s.Tag], m.Func); f != nil && r.p.out.Funcs[m.Func] == nil {
			r.p.addModel(m.Func)
		}
		if !r.add(m.Func) {
			m.Func = ""
		}
	}
	return s
}
