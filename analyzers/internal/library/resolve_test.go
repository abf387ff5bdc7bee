package library

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// world holds the real packages that the tables speak of.
type world struct {
	funcs map[string]*types.Func
	types map[string]*types.TypeName
	pkgs  map[string]*types.Package
}

var real = sync.OnceValues(func() (*world, error) {
	paths := map[string]bool{}
	for path := range modelled() {
		paths[path] = true
	}
	for path := range effects().packages {
		paths[path] = true
	}
	for name := range effects().funcs {
		paths[Package(name)] = true
	}
	for name := range layouts() {
		paths[Package(name)] = true
	}
	w := &world{funcs: map[string]*types.Func{}, types: map[string]*types.TypeName{}, pkgs: map[string]*types.Package{}}
	var declared []*packages.Package
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		p, err := declaredPackage(path)
		if err != nil {
			return nil, err
		}
		if p != nil {
			declared = append(declared, &packages.Package{PkgPath: path, Types: p})
			delete(paths, path)
		}
	}
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes}, slices.Sorted(maps.Keys(paths))...)
	if err != nil {
		return nil, err
	}
	for _, p := range append(loaded, declared...) {
		w.pkgs[p.PkgPath] = p.Types
		for _, name := range p.Types.Scope().Names() {
			switch obj := p.Types.Scope().Lookup(name).(type) {
			case *types.Func:
				w.funcs[obj.FullName()] = obj
			case *types.TypeName:
				w.addType(obj)
			}
		}
	}
	return w, nil
})

// declaredPackage has the declarations of a package that the module does not
// depend on, nil for all others.
func declaredPackage(path string) (*types.Package, error) {
	dir := filepath.Join("testdata", "declared", filepath.FromSlash(path))
	if _, err := os.Stat(dir); err != nil {
		return nil, nil
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, filepath.Join(dir, filepath.Base(dir)+".go"), nil, 0)
	if err != nil {
		return nil, err
	}
	return new(types.Config).Check(path, fset, []*ast.File{f}, nil)
}

func (w *world) addType(obj *types.TypeName) {
	w.types[obj.Pkg().Path()+"."+obj.Name()] = obj
	named, ok := obj.Type().(*types.Named)
	if !ok {
		return
	}
	for m := range named.Methods() {
		w.funcs[m.FullName()] = m
	}
	if i, ok := named.Underlying().(*types.Interface); ok {
		for m := range i.ExplicitMethods() {
			w.funcs[m.FullName()] = m
		}
	}
}

func load(t *testing.T) *world {
	t.Helper()
	w, err := real()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// layoutOf is the layout of a real type; a type parameter is one cell.
func layoutOf(t types.Type) string {
	t = types.Unalias(t)
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil {
		if cells, _, ok := Layout(n.Obj().Pkg().Path() + "." + n.Obj().Name()); ok {
			return cells
		}
	}
	if _, ok := t.(*types.TypeParam); ok {
		return "p"
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return "b"
		case info&types.IsUnsigned != 0:
			return "u"
		case info&types.IsInteger != 0:
			return "i"
		case u.Kind() == types.UnsafePointer:
			return "p"
		}
		return "o"
	case *types.Struct:
		var b strings.Builder
		for f := range u.Fields() {
			if f.Exported() {
				b.WriteString(layoutOf(f.Type()))
			}
		}
		if b.Len() == 0 {
			return "o"
		}
		return b.String()
	}
	return "p"
}

func signatureLayouts(f *types.Func) (params, results []string) {
	sig := f.Signature()
	if r := sig.Recv(); r != nil {
		params = append(params, layoutOf(r.Type()))
	}
	for v := range sig.Params().Variables() {
		params = append(params, layoutOf(v.Type()))
	}
	for v := range sig.Results().Variables() {
		results = append(results, layoutOf(v.Type()))
	}
	return params, results
}

func TestModelsAgreeWithRealFunctions(t *testing.T) {
	w := load(t)
	for path, p := range modelled() {
		if w.pkgs[path] == nil || w.pkgs[path].Scope().Len() == 0 {
			t.Errorf("no package %s", path)
		}
		p.once.Do(p.index)
		for _, name := range slices.Concat(slices.Sorted(maps.Keys(p.text)), slices.Sorted(maps.Keys(p.like))) {
			f := Func(name)
			if f == nil || strings.HasPrefix(name, "library.") {
				continue
			}
			obj := w.funcs[name]
			if obj == nil {
				t.Errorf("%s does not exist", name)
				continue
			}
			params, results := signatureLayouts(obj)
			var have []string
			for _, p := range f.Params {
				have = append(have, p.Layout)
			}
			if !slices.Equal(have, params) {
				t.Errorf("%s: parameters %v, want %v", name, have, params)
			}
			have = nil
			for _, r := range f.Results {
				cells, _, _ := strings.Cut(r, ":")
				have = append(have, cells)
			}
			if !slices.Equal(have, results) && !NoReturn(name) {
				t.Errorf("%s: results %v, want %v", name, have, results)
			}
		}
	}
}

// TestModelsAreClosed: what models call exists, with as many parameters and
// results, and parts of models are used.
func TestModelsAreClosed(t *testing.T) {
	used := map[string]bool{TestRunner: true, Reader: true, Writer: true, WrapError: true}
	use := func(where, name string, args int, closure bool) {
		used[name] = true
		f := Func(name)
		if f == nil {
			t.Errorf("%s: no model %s", where, name)
			return
		}
		want := len(f.Params)
		if closure {
			want = len(f.Frees)
		}
		if args != want {
			t.Errorf("%s: %s wants %d operands, has %d", where, name, want, args)
		}
	}
	for _, p := range modelled() {
		p.once.Do(p.index)
		for name := range p.text {
			f := Func(name)
			for _, block := range f.Blocks {
				for i := range block {
					in := &block[i]
					if len(in.Args) == 0 || in.Args[0].Kind != skeleton.ArgFunc {
						continue
					}
					use(name, in.Args[0].S, len(in.Args)-1, in.Op == skeleton.Closure)
				}
				if end := &block[len(block)-1]; end.Op == skeleton.Return && len(end.Args) != len(f.Results) {
					t.Errorf("%s: %s has %d results, want %d", name, end, len(end.Args), len(f.Results))
				}
			}
		}
	}
	for tag, typ := range Types() {
		for method, fn := range typ.Methods {
			used[fn] = true
			if Func(fn) == nil {
				t.Errorf("%s.%s: no model %s", tag, method, fn)
			}
		}
	}
	for _, p := range modelled() {
		for name := range p.text {
			if strings.HasPrefix(name, "library.") && !used[name] {
				t.Errorf("%s is not used", name)
			}
		}
	}
}

func TestTypesAgreeWithInterfaces(t *testing.T) {
	w := load(t)
	for tag, typ := range Types() {
		for _, name := range typ.Implements {
			var iface *types.Interface
			if name == "error" {
				iface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
			} else if obj := w.types[name]; obj != nil {
				iface = obj.Type().Underlying().(*types.Interface)
			}
			if iface == nil {
				t.Errorf("%s: no interface %s", tag, name)
				continue
			}
			for m := range iface.Methods() {
				f := Func(typ.Methods[m.Name()])
				if f == nil {
					t.Errorf("%s does not implement %s: no %s", tag, name, m.Name())
					continue
				}
				params, results := signatureLayouts(m)
				if len(f.Params) != len(params) || len(f.Results) != len(results) {
					t.Errorf("%s.%s: %d parameters and %d results, want %d and %d", tag, m.Name(),
						len(f.Params), len(f.Results), len(params), len(results))
				}
			}
		}
	}
}

func TestLayoutsAgreeWithRealTypes(t *testing.T) {
	w := load(t)
	for name, l := range layouts() {
		obj := w.types[name]
		if obj == nil {
			t.Errorf("no type %s", name)
			continue
		}
		for field, offset := range l.fields {
			s, ok := obj.Type().Underlying().(*types.Struct)
			if !ok {
				t.Errorf("%s is not a struct", name)
				continue
			}
			i := slices.IndexFunc(slices.Collect(s.Fields()), func(f *types.Var) bool { return f.Name() == field })
			if i < 0 {
				t.Errorf("%s has no field %s", name, field)
				continue
			}
			cells := layoutOf(s.Field(i).Type())
			// Of a count more may be known than of any int.
			if offset+len(cells) > len(l.cells) || strings.ReplaceAll(l.cells, "n", "i")[offset:offset+len(cells)] != cells {
				t.Errorf("%s.%s: want %s at %d of %s", name, field, cells, offset, l.cells)
			}
		}
		// What code outside can reach must be there.
		if s, ok := obj.Type().Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				if _, known := l.fields[f.Name()]; f.Exported() && !known {
					t.Errorf("%s: the field %s is missing", name, f.Name())
				}
			}
		}
	}
}

func TestEffectsAgreeWithRealFunctions(t *testing.T) {
	w := load(t)
	letters := func(name, modes string) {
		if modes == "" || strings.Trim(modes, "-ersf") != "" {
			t.Errorf("%s: bad modes %q", name, modes)
		}
	}
	for path, modes := range effects().packages {
		letters(path, modes)
		if w.pkgs[path] == nil || w.pkgs[path].Scope().Len() == 0 {
			t.Errorf("no package %s", path)
		}
	}
	for name, modes := range effects().funcs {
		letters(name, modes)
		obj := w.funcs[name]
		if obj == nil {
			t.Errorf("%s does not exist", name)
			continue
		}
		if Func(name) != nil && !generic(obj) {
			t.Errorf("%s has a model, too", name)
		}
		if params, _ := signatureLayouts(obj); len(modes) > len(params) {
			t.Errorf("%s: %d modes for %d arguments", name, len(modes), len(params))
		}
	}
}

func generic(f *types.Func) bool {
	return f.Signature().TypeParams().Len() > 0 || f.Signature().RecvTypeParams().Len() > 0
}

// TestDefaultsHideNoCallback: a function that takes a function or a channel is
// not covered by a default that would let it pass unseen.
func TestDefaultsHideNoCallback(t *testing.T) {
	w := load(t)
	for _, name := range slices.Sorted(maps.Keys(w.funcs)) {
		f := w.funcs[name]
		path := Package(name)
		if effects().packages[path] == "" || !f.Exported() || Func(name) != nil && !generic(f) {
			continue
		}
		e, _ := EffectOf(name)
		var vars []*types.Var
		if r := f.Signature().Recv(); r != nil {
			vars = append(vars, r)
		}
		for i, v := range slices.AppendSeq(vars, f.Signature().Params().Variables()) {
			t2 := v.Type()
			if s, ok := t2.Underlying().(*types.Slice); ok {
				t2 = s.Elem()
			}
			switch t2.Underlying().(type) {
			case *types.Signature, *types.Chan:
				if e.Mode(i) == skeleton.EscapeNone && effects().funcs[name] == "" {
					t.Errorf("%s: argument %d is %s", name, i, v.Type())
				}
			}
		}
	}
}
