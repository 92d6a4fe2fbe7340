"""What the proofs of the labs compute, a sentence each, for whoever chooses one for a question of their own."""

from __future__ import annotations

PROOFS = {
    "lab3.network_parameters": "Broj parametara povratne mreže koja pogađa sljedeću riječ, s izlaznim slojem ili bez.",
    "lab3.cell_parameters": "Broj parametara ćelije RNN, LSTM ili GRU s ulazom i stanjem zadanih dimenzija.",
    "lab3.embedding_parameters": "Broj parametara sloja ugrađivanja za vokabular zadane veličine.",
    "lab3.clipped_component": "Komponenta gradijenta nakon podrezivanja na zadanu normu.",
    "lab3.tanh_derivative": "Derivacija funkcije tanh, sigmoide ili ReLU-a, s faktorom ispred x.",
    "lab3.state_update": "Novo skriveno stanje običnog RNN-a u kojem su sve veličine brojevi.",
    "lab3.padded_shape": "Oblik grupe od tri rečenice zadanih duljina nakon pad_collate_fn.",
    "lab3.states_shape": "Oblik stanja svih koraka koja vraća LSTM iz vježbe.",
    "lab3.probability": "Ime funkcije koja od logita računa vjerojatnost.",
    "lab4.unit_parameters": "Broj parametara konvolucijske jedinice BatchNormConvReLU.",
    "lab4.embedding_rank": "Red tenzora koji vraća get_features modela SimpleMetricEmbedding.",
    "lab4.first_convolution": "Broj kanala na ulazu ili izlazu prve konvolucije.",
    "lab4.identity_shape": "Oblik onoga što vraća get_features modela IdentityModel.",
    "lab4.representations": "Oblik srednjih reprezentacija razreda.",
    "lab4.item_type": "Tip jednog elementa skupa slika.",
}
"""By the hook's name; a hook that is not here is told by the prompt of a question that it proves."""
