package main

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/concheck/concheck/analyzers/inspect"
)

// inspection is what the user wants to see of the analysis itself, instead of findings.
type inspection struct {
	stats, dump bool
	why         string // file:line, "" for none
}

func (i *inspection) declare(set *flag.FlagSet) {
	set.BoolVar(&i.stats, inspect.Stats.Name, false, inspect.Stats.Doc)
	set.BoolVar(&i.dump, inspect.Dump.Name, false, inspect.Dump.Doc)
	set.StringVar(&i.why, inspect.Why.Name, "", "tell why nothing is reported about the operation at `file:line`")
}

func (i *inspection) wanted() bool { return i.stats || i.dump || i.why != "" }

// addInspection asks the vet tool for what the user wants to see of the
// analysis. It runs alone, and what it says is no finding.
func (o *options) addInspection() error {
	i := &o.inspect
	if !i.wanted() {
		return nil
	}
	if i.stats && i.dump || i.why != "" && (i.stats || i.dump) {
		return errors.New("-stats, -dump and -why exclude each other")
	}
	if o.fix || o.diff || o.format.name != textFormat.name {
		return errors.New("-stats, -dump and -why come as text only")
	}
	for _, f := range o.toolFlags {
		if !strings.HasPrefix(f, "-"+testsFlag+"=") {
			return fmt.Errorf("%s chooses checks; -stats, -dump and -why run none", f)
		}
	}
	switch {
	case i.stats:
		o.toolFlags = append(o.toolFlags, "-"+inspect.Stats.Name)
	case i.dump:
		o.toolFlags = append(o.toolFlags, "-"+inspect.Dump.Name)
	default:
		file, line, err := inspect.SplitLine(i.why)
		if err != nil {
			return err
		}
		file, err = filepath.Abs(file)
		if err != nil {
			return err
		}
		o.toolFlags = append(o.toolFlags, "-"+inspect.Why.Name, fmt.Sprintf("-%s.at=%s:%d", inspect.Why.Name, file, line))
	}
	return nil
}
