package skeleton

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// An archive is the binary form of the skeletons that a package shows to those
// that import it. It is one run of bytes: equal contents give equal bytes, and
// a function is decoded when it is asked for.
//
//	version
//	strings    sorted, each by the length it shares with the one before and its rest
//	exports    name, effects
//	types      tag and methods: name, signature, function
//	interfaces the same without functions
//	functions  name, length of the body; then the bodies
//
// Numbers are varints, strings go by their index. A body has positions as
// lines, each as the distance from the one before, in the file of its function;
// what stands in another file has none.

// archiveVersion is the first byte: what has another is refused.
const archiveVersion = 1

// Effects tells in short what a call of an exported function may do.
type Effects uint8

// The effects. A function of the package that is no export at all has none:
// calling it does nothing to anybody's channels, locks and goroutines.
const (
	Acts    Effects = 1 << iota // on channels, locks, goroutines or what it is given
	Makes                       // a channel, a wait group or a goroutine
	Unknown                     // its skeleton is missing: it may do anything
)

// Export is a function that other packages can call, by its full name.
type Export struct {
	Name    string
	Effects Effects
}

// Method is a method of a dynamic type or an interface.
type Method struct {
	Name string // that of one that is not exported follows the path of its package
	Sig  string // parameters and results by the paths of their packages
	Func string // of a dynamic type: the function, "" if it is unknown
}

// Shape is a dynamic type that functions put into interfaces, or an interface
// that they ask for, with all of its methods in the order of their names.
type Shape struct {
	Tag     string
	Methods []Method
}

// Implements reports whether a type with the methods of s has those of iface.
func (s *Shape) Implements(iface *Shape) bool {
	for _, want := range iface.Methods {
		if !slices.ContainsFunc(s.Methods, func(m Method) bool { return m.Name == want.Name && m.Sig == want.Sig }) {
			return false
		}
	}
	return true
}

// Contents is what an archive holds.
type Contents struct {
	Exports    []Export
	Types      []Shape
	Interfaces []Shape
	Funcs      []*Func
}

// Archive is an encoded Contents, of which functions are decoded on demand.
type Archive struct {
	Types      []Shape
	Interfaces []Shape

	exports map[string]Effects
	strings []string
	bodies  map[string][]byte
}

// Exports returns the exported functions and their effects.
func (a *Archive) Exports() map[string]Effects { return a.exports }

// Names returns the names of all functions, sorted.
func (a *Archive) Names() []string { return slices.Sorted(maps.Keys(a.bodies)) }

// Encode gives the bytes of an archive. at turns positions into files and lines.
func (c *Contents) Encode(at func(Pos) (file string, line int)) []byte {
	funcs := slices.Clone(c.Funcs)
	slices.SortFunc(funcs, func(a, b *Func) int { return compare(a.Name, b.Name) })
	exports := slices.Clone(c.Exports)
	slices.SortFunc(exports, func(a, b Export) int { return compare(a.Name, b.Name) })
	collect := &writer{seen: map[string]bool{}, at: at}
	collect.contents(exports, c.Types, c.Interfaces, funcs)
	texts := slices.Sorted(maps.Keys(collect.seen))
	w := &writer{index: make(map[string]int, len(texts)), at: at}
	w.out = append(w.out, archiveVersion)
	w.uint(len(texts))
	last := ""
	for i, s := range texts {
		n := 0
		for n < len(s) && n < len(last) && s[n] == last[n] {
			n++
		}
		w.uint(n)
		w.uint(len(s) - n)
		w.out = append(w.out, s[n:]...)
		w.index[s] = i
		last = s
	}
	w.contents(exports, c.Types, c.Interfaces, funcs)
	return w.out
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (w *writer) contents(exports []Export, types, ifaces []Shape, funcs []*Func) {
	w.uint(len(exports))
	for _, e := range exports {
		w.str(e.Name)
		w.uint(int(e.Effects))
	}
	w.shapes(types)
	w.shapes(ifaces)
	w.uint(len(funcs))
	var bodies []byte
	for _, f := range funcs {
		body := &writer{seen: w.seen, index: w.index, at: w.at}
		body.function(f)
		w.str(f.Name)
		w.uint(len(body.out))
		bodies = append(bodies, body.out...)
	}
	w.out = append(w.out, bodies...)
}

func (w *writer) shapes(list []Shape) {
	w.uint(len(list))
	for _, s := range list {
		w.str(s.Tag)
		w.uint(len(s.Methods))
		for _, m := range s.Methods {
			w.str(m.Name)
			w.str(m.Sig)
			w.str(m.Func)
		}
	}
}

// Open reads the directory of an archive. The bytes must not change afterwards.
func Open(data []byte) (*Archive, error) {
	if len(data) == 0 || data[0] != archiveVersion {
		return nil, errors.New("skeletons of another version")
	}
	r := &reader{in: data[1:]}
	texts := make([]string, r.count())
	last := ""
	for i := range texts {
		shared := r.uint()
		rest := r.bytes(r.uint())
		if shared > len(last) {
			r.fail()
		}
		if r.err != nil {
			return nil, r.err
		}
		texts[i] = last[:shared] + string(rest)
		last = texts[i]
	}
	r.strings = texts
	a := &Archive{exports: map[string]Effects{}, strings: texts, bodies: map[string][]byte{}}
	for range r.count() {
		name := r.str()
		a.exports[name] = Effects(r.uint())
	}
	a.Types = r.shapes()
	a.Interfaces = r.shapes()
	names := make([]string, r.count())
	sizes := make([]int, len(names))
	for i := range names {
		names[i], sizes[i] = r.str(), r.uint()
	}
	for i, name := range names {
		a.bodies[name] = r.bytes(sizes[i])
	}
	if r.err == nil && len(r.in) > 0 {
		r.fail()
	}
	if r.err != nil {
		return nil, r.err
	}
	return a, nil
}

func (r *reader) shapes() []Shape {
	list := make([]Shape, r.count())
	for i := range list {
		list[i].Tag = r.str()
		list[i].Methods = make([]Method, r.count())
		for j := range list[i].Methods {
			list[i].Methods[j] = Method{Name: r.str(), Sig: r.str(), Func: r.str()}
		}
	}
	return list
}

// Func decodes a function, nil if the archive has none of that name. place
// makes positions of files and lines.
func (a *Archive) Func(name string, place func(file string, line int) Pos) (*Func, error) {
	body, ok := a.bodies[name]
	if !ok {
		return nil, nil
	}
	r := &reader{in: body, strings: a.strings, place: place}
	f := r.function()
	f.Name = name
	if r.err == nil && len(r.in) > 0 {
		r.fail()
	}
	if r.err != nil {
		return nil, fmt.Errorf("%s: %w", name, r.err)
	}
	if err := f.Check(); err != nil {
		return nil, err
	}
	return f, nil
}
