package lockset

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Classes: what locks of different objects have in common.

// class names what all locks of one field, global or variable have in common.
// "" is a lock nothing is known of, such as a parameter *sync.Mutex.
func (p *pkg) class(v ssa.Value) string {
	if p.depth > 2*maxDepth {
		return "" // a variable that is computed from itself
	}
	p.depth++
	defer func() { p.depth-- }()
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return p.fieldClass(v.X, v.Field)
	case *ssa.Field:
		if c := p.fieldClass(v.X, v.Field); c != "" {
			return c + "*" // what is in the field, as after a load
		}
	case *ssa.Global:
		return globalName(v)
	case *ssa.Alloc:
		if c := p.cellOf(v); c.only != nil {
			return p.class(c.only)
		}
		if !v.Pos().IsValid() {
			return ""
		}
		return "var " + p.fset.Position(v.Pos()).String()
	case *ssa.FreeVar:
		if b := p.captured(v); b != ssa.Value(v) {
			return p.class(b)
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return ""
		}
		if a, ok := p.captured(v.X).(*ssa.Alloc); ok {
			if c := p.cellOf(a); c.only != nil {
				return p.class(c.only)
			}
			return ""
		}
		if c := p.class(v.X); c != "" {
			return c + "*"
		}
	case *ssa.MakeInterface:
		return p.class(v.X)
	case *ssa.ChangeInterface:
		return p.class(v.X)
	case *ssa.ChangeType:
		return p.class(v.X)
	case *ssa.MakeChan:
		return "var " + p.fset.Position(v.Pos()).String()
	case *ssa.Lookup:
		return elemClass(p.class(v.X))
	case *ssa.IndexAddr:
		return elemClass(p.class(v.X))
	case *ssa.Extract:
		if l, ok := v.Tuple.(*ssa.Lookup); ok {
			return elemClass(p.class(l.X))
		}
	}
	return ""
}

func elemClass(c string) string {
	if c == "" {
		return ""
	}
	return c + "[]"
}

func (p *pkg) fieldClass(x ssa.Value, i int) string {
	name := fieldName(x.Type(), i)
	if n := namedOf(x.Type()); n != nil && !isSyncType(n, "Cond") {
		return typeKey(n) + "." + name
	}
	if c := p.class(x); c != "" {
		return c + "." + name
	}
	return ""
}

func typeKey(n *types.Named) string {
	o := n.Origin().Obj()
	if o.Pkg() == nil {
		return o.Name()
	}
	if o.Parent() != o.Pkg().Scope() { // declared in a function
		return o.Pkg().Path() + "." + o.Name() + "@" + strconv.Itoa(int(o.Pos()))
	}
	return o.Pkg().Path() + "." + o.Name()
}

// constText is the text form of a constant in conditions.
func constText(c *ssa.Const) string {
	if c.Value == nil {
		return "nil"
	}
	if c.Value.Kind() == constant.String {
		s := c.Value.ExactString()
		if len(s) > 40 {
			return ""
		}
		return s
	}
	return c.Value.ExactString()
}
