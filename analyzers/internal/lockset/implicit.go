package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Methods that nobody calls by name: those which fmt, log and encoding/json
// call of what they are given.

// implicitCalls: String, Error, MarshalJSON and so on, called by fmt, log and
// encoding/json on their arguments.
func (f *frame) implicitCalls(s *state, i ssa.Instruction, c *ssa.CallCommon) {
	fn := c.StaticCallee()
	if fn == nil || fn.Pkg == nil && fn.Object() == nil {
		return
	}
	methods := formatters(fn)
	if methods == nil {
		return
	}
	for _, a := range f.formatted(fn, c) {
		for _, m := range methods {
			if meth := f.pkg.methodNamed(a.X.Type(), m); meth != nil {
				if t := f.pkg.target(meth, []ssa.Value{a.X}, nil); t != nil {
					t.name = t.name + " through " + fn.Name()
					f.checkAcquires(s, i, t)
				}
				break
			}
		}
	}
}

// formatters returns the methods a library function calls on its arguments.
func formatters(fn *ssa.Function) []string {
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || obj.Pkg() == nil {
		return nil
	}
	switch obj.Pkg().Path() {
	case "fmt":
		switch fn.Name() {
		case "Print", "Println", "Printf", "Sprint", "Sprintln", "Sprintf", "Fprint", "Fprintln", "Fprintf", "Errorf", "Append", "Appendf", "Appendln":
			return []string{"Error", "String"}
		}
	case "log":
		switch strings.TrimSuffix(strings.TrimSuffix(fn.Name(), "f"), "ln") {
		case "Print", "Fatal", "Panic":
			return []string{"Error", "String"}
		}
	case "encoding/json":
		switch fn.Name() {
		case "Marshal", "MarshalIndent", "Encode":
			return []string{"MarshalJSON", "MarshalText"}
		}
	}
	return nil
}

// formatted returns the arguments on which methods are called, by the verbs of
// a constant format.
func (f *frame) formatted(fn *ssa.Function, c *ssa.CallCommon) []*ssa.MakeInterface {
	var out []*ssa.MakeInterface
	verbs := ""
	known := false
	for _, a := range c.Args {
		if k, ok := a.(*ssa.Const); ok && strings.HasSuffix(fn.Name(), "f") && k.Value != nil {
			verbs, known = formatVerbs(strings.Trim(k.Value.ExactString(), `"`)), true
		}
		if mi, ok := a.(*ssa.MakeInterface); ok && formatters(fn)[0] == "MarshalJSON" {
			out = append(out, mi)
		}
		sl, ok := a.(*ssa.Slice)
		if !ok {
			continue
		}
		elems := map[int]*ssa.MakeInterface{}
		n := 0
		for _, r := range *sl.X.Referrers() {
			ia, ok := r.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			k, ok := ia.Index.(*ssa.Const)
			if !ok {
				continue
			}
			for _, st := range *ia.Referrers() {
				if st, ok := st.(*ssa.Store); ok {
					if mi, ok := st.Val.(*ssa.MakeInterface); ok {
						elems[int(k.Int64())] = mi
						n = max(n, int(k.Int64())+1)
					}
				}
			}
		}
		for k := range n {
			if mi := elems[k]; mi != nil && (!known || k < len(verbs) && strings.IndexByte("vsqxX", verbs[k]) >= 0) {
				out = append(out, mi)
			}
		}
	}
	return out
}

// formatVerbs returns the verbs of a format, one for each argument; none if
// it uses what this does not understand.
func formatVerbs(format string) string {
	var verbs []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
			if format[i] == '#' {
				return "" // Go syntax: other methods
			}
		}
		if i >= len(format) || format[i] == '[' || format[i] == '*' {
			return ""
		}
		if format[i] != '%' {
			verbs = append(verbs, format[i])
		}
	}
	return string(verbs)
}
