package earlyreturn

import (
	"errors"
	"fmt"
	"strings"
)

// Migrator applies the changes of a schema.
type Migrator struct {
	Exec    func(stmt string) error
	Applied []string

	ready chan string
}

// Run executes the statements. The last one builds the index, which takes long
// and therefore starts ahead.
func (m *Migrator) Run(stmts []string, index string) error {
	m.ready = make(chan string)
	go m.buildIndex(index)
	for i, s := range stmts {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if err := m.Exec(s); err != nil {
			return fmt.Errorf("statement %d: %w", i+1, err)
		}
		m.Applied = append(m.Applied, s)
	}
	if name := <-m.ready; name != "" {
		m.Applied = append(m.Applied, name)
		return nil
	}
	return errors.New("index was not built")
}

func (m *Migrator) buildIndex(stmt string) {
	name := stmt
	if err := m.Exec(stmt); err != nil {
		name = ""
	}
	m.ready <- name // want "send on m.ready blocks for ever"
}

// MigratorFixed applies the changes of a schema.
type MigratorFixed struct {
	Exec    func(stmt string) error
	Applied []string

	ready chan string
}

// Run executes the statements. The last one builds the index, which takes long
// and therefore starts ahead.
func (m *MigratorFixed) Run(stmts []string, index string) error {
	m.ready = make(chan string, 1)
	go m.buildIndex(index)
	for i, s := range stmts {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if err := m.Exec(s); err != nil {
			return fmt.Errorf("statement %d: %w", i+1, err)
		}
		m.Applied = append(m.Applied, s)
	}
	if name := <-m.ready; name != "" {
		m.Applied = append(m.Applied, name)
		return nil
	}
	return errors.New("index was not built")
}

func (m *MigratorFixed) buildIndex(stmt string) {
	name := stmt
	if err := m.Exec(stmt); err != nil {
		name = ""
	}
	m.ready <- name
}
