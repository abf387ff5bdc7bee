package requests

import (
	"errors"
	"strconv"
	"strings"
)

// What a reply is about goes into a variable by way of a function that the server
// calls before it replies. Nothing in sight reads that function out of the request.
type order struct {
	item    string
	reply   chan outcome
	arrived func(error)
}

type outcome struct {
	n   int
	err error
}

type shop struct {
	orders chan *order
	closed chan struct{}
}

var errShut = errors.New("shut")

func (s *shop) serve(answer func(item string, reply chan<- outcome)) {
	for o := range s.orders {
		answer(o.item, o.reply)
	}
}

func (s *shop) place(item string, arrived func(error)) (int, error) {
	o := &order{item, make(chan outcome, 2), arrived}
	select {
	case s.orders <- o:
		select {
		case <-s.closed:
			o.reply <- outcome{-1, errShut}
		default:
		}
	case <-s.closed:
		return -1, errShut
	}
	a := <-o.reply
	return a.n, a.err
}

func (s *shop) track(item string) (<-chan int, error) {
	var news <-chan int
	_, err := s.place(item, func(err error) {
		if err == nil {
			news = make(chan int, 1)
		}
	})
	if err != nil {
		return nil, err
	}
	return news, nil
}

// The wait is not one on a nil channel.
func (s *shop) buy(limit int) error {
	for {
		prices, err := s.prices()
		if err != nil {
			return err
		}
		low := limit
		for _, p := range prices {
			n, err := strconv.Atoi(p)
			if err != nil {
				return err
			}
			if n < low {
				low = n
			}
		}
		if low == limit {
			return nil
		}
		news, err := s.track("all")
		if err != nil {
			return err
		}
		<-news
	}
}

func (s *shop) prices() ([]string, error) {
	if _, err := s.place("list", nil); err != nil {
		return nil, err
	}
	return strings.Split("1,2", ","), nil
}
