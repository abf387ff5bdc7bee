package collect

import "fmt"

// Stats are the numbers of one shard.
type Stats struct {
	Rows, Bytes int64
}

type shard struct {
	id    int
	count func(id int) (Stats, error)
	out   chan Stats
	fail  chan error
}

func (s *shard) run() {
	st, err := s.count(s.id)
	if err != nil {
		s.fail <- fmt.Errorf("shard %d: %w", s.id, err)
		return
	}
	s.out <- st // want "send on s.out blocks for ever"
}

// Scatter adds up the numbers of n shards.
func Scatter(n int, count func(id int) (Stats, error)) (Stats, error) {
	var sum Stats
	out := make(chan Stats)
	fail := make(chan error, n)
	for id := range n {
		s := &shard{id: id, count: count, out: out, fail: fail}
		go s.run()
	}
	for range n {
		select {
		case st := <-out:
			sum.Rows += st.Rows
			sum.Bytes += st.Bytes
		case err := <-fail:
			return Stats{}, err
		}
	}
	return sum, nil
}

type shardFixed struct {
	id    int
	count func(id int) (Stats, error)
	out   chan Stats
	fail  chan error
}

func (s *shardFixed) run() {
	st, err := s.count(s.id)
	if err != nil {
		s.fail <- fmt.Errorf("shardFixed %d: %w", s.id, err)
		return
	}
	s.out <- st
}

// ScatterFixed adds up the numbers of n shards.
func ScatterFixed(n int, count func(id int) (Stats, error)) (Stats, error) {
	var sum Stats
	out := make(chan Stats, n)
	fail := make(chan error, n)
	for id := range n {
		s := &shardFixed{id: id, count: count, out: out, fail: fail}
		go s.run()
	}
	for range n {
		select {
		case st := <-out:
			sum.Rows += st.Rows
			sum.Bytes += st.Bytes
		case err := <-fail:
			return Stats{}, err
		}
	}
	return sum, nil
}
