"""About four hundred common given names of many languages, each once: what two of them share is a false hit."""

_LIST = """
Mohammed Ahmed Ali Hassan Hussein Omar Khaled Youssef Ibrahim Ismail Mustafa Mahmoud Karim Samir Tariq Walid Ziad Nabil Rashid
Jamal Bilal Faisal Hamza Idris Imran Nasser Salim Sami Anwar Adel Amin Amir Anis Ayman Bashir Farid Fouad Habib Hakim Hisham
Fatima Aisha Maryam Khadija Zainab Layla Amina Salma Nadia Samira Rania Hanan Huda Iman Jamila Karima Latifa Mona Najwa Noor Rasha
Sabah Safiya Sawsan Shadia Souad Wafa Yasmin Zahra Dalal Ivan Sergei Dmitri Andrei Nikolai Mikhail Vladimir Oleg Igor Pavel Viktor
Boris Konstantin Roman Maxim Denis Anton Ruslan Timur Artem Olga Natalia Tatiana Svetlana Irina Ludmila Galina Oksana Larisa
Valentina Marina Tamara Zoya Vera Ksenia Polina Alina Daria Yulia Raisa Bogdan Taras Ostap Nazar Zlata Milena Dragan Goran Zoran
Milan Branko Slavko Vesna Jelena Snezana Mirjana Ljubica Radmila Nenad Predrag Ion Gheorghe Vasile Mihai Florin Ciprian Razvan
Ileana Ioana Simona Camelia Roxana Mihaela Loredana Besnik Arben Agron Liridona Mimoza Drita Jean Pierre Michel Philippe Alain
Bernard Christophe Laurent Olivier Thierry Sylvie Nathalie Isabelle Veronique Brigitte Chantal Monique Jacqueline Celine Aurelie
John William Robert Richard Thomas Charles Edward George Henry Stephen Margaret Dorothy Susan Patricia Barbara Jennifer Deborah
Emily Rachel Grace Carlos Juan Luis Jorge Alejandro Fernando Rafael Diego Hector Ramon Guadalupe Lucia Rosario Mercedes Pilar
Esperanza Ximena Beatriz Consuelo Graciela Wolfgang Jurgen Dieter Heinrich Gunther Ingrid Ursula Gertrud Liesel Anke Giuseppe Luca
Matteo Lorenzo Chiara Francesca Federica Ottavia Piotr Krzysztof Agnieszka Malgorzata Zofia Jadwiga Istvan Zoltan Ferenc Ildiko
Zsuzsa Katalin Chinedu Emeka Ngozi Adaeze Chioma Obinna Oluwaseun Folake Babatunde Titilayo Kwame Kofi Ama Abena Akosua Yaw
Kwabena Efua Amadou Ousmane Mamadou Fatoumata Aminata Moussa Abebe Tigist Tesfaye Hirut Getachew Meseret Dawit Selamawit Wanjiku
Kamau Otieno Akinyi Tendai Chipo Thabo Nomvula Sipho Lindiwe Raj Priya Sanjay Anil Sunita Lakshmi Vijay Ramesh Suresh Geeta Kamala
Deepak Ashok Kavita Meena Prakash Rekha Gopal Savitri Indira Bishnu Hari Sita Maya Gurpreet Harjit Manjeet Shabnam Rukhsana
Parveen Nasreen Tahmina Shirin Parisa Farhad Behrouz Jamshid Golnaz Laleh Zarina Gulnara Aizhan Nursultan Bakyt Cholpon Jamshed
Somchai Somsak Prasert Malee Kanya Suda Wichai Anong Bounmy Khamla Phonsavan Sokha Sophea Dara Vannak Bopha Chanthou Aung Thida
Khin Nguyen Minh Thanh Huong Lan Phuong Tuan Dung Wei Xiaoming Mei Jianguo Yanhong Guoqiang Haruto Sakura Kenji Yuki Minjun Jiwoo
Siti Budi Wayan Dewi Agus Jejomar Luzviminda Rosalinda Nino Ketevan Giorgi Tamaz Zurab Ani Gevorg Hovhannes Anahit Siranush Mehmet
Emre Burak Elif Zeynep Fatma Merve Cengiz Tuncay Gulsum
"""
GIVEN_NAMES = tuple(_LIST.split())
